<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>AccountSheet</name>
  <message>
   <source>Reason; it stays in the record</source>
   <translation>原因（将保留在记录中）</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Role</source>
   <translation>角色</translation>
  </message>
  <message>
   <source>Working on it …</source>
   <translation>正在处理……</translation>
  </message>
 </context>
 <context>
  <name>AddSheet</name>
  <message>
   <source>Add a person</source>
   <translation>添加人员</translation>
  </message>
  <message>
   <source>One account for one person. The user name is never given again, even when the account ends.</source>
   <translation>一人一个账户。即使账户停用，用户名也绝不再给他人使用。</translation>
  </message>
  <message>
   <source>Make the account</source>
   <translation>建立账户</translation>
  </message>
  <message>
   <source>New member of the study team</source>
   <translation>研究团队新成员</translation>
  </message>
  <message>
   <source>Full name</source>
   <translation>姓名</translation>
  </message>
  <message>
   <source>User name</source>
   <translation>用户名</translation>
  </message>
  <message>
   <source>This user name names a place or a function, and no person. Nobody shares an account with others.</source>
   <translation>此用户名表示地点或职能，而非个人。账户不得与他人共用。</translation>
  </message>
 </context>
 <context>
  <name>AdmitSheet</name>
  <message>
   <source>Take entries from another laptop</source>
   <translation>接纳另一台电脑的记录</translation>
  </message>
  <message>
   <source>A bundle was refused because this account was closed before its last entries were written. Look at them with the person; what is honest can be taken, up to the entry that the refusal names. Then merge the bundle again. The account stays closed.</source>
   <translation>某数据包因该账户在最后几条记录写入前已停用而被拒绝。请与本人一同核对；属实的记录可予接纳，直至拒绝信息所指的记录为止。然后重新合并该数据包。账户仍保持停用。</translation>
  </message>
  <message>
   <source>Take the entries</source>
   <translation>接纳记录</translation>
  </message>
  <message>
   <source>File, as the refusal names it</source>
   <translation>文件（拒绝信息中所示编号）</translation>
  </message>
  <message>
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Last entry that is taken</source>
   <translation>接纳的最后一条记录序号</translation>
  </message>
 </context>
 <context>
  <name>AgeSheet</name>
  <message>
   <source>Rule for changing passwords</source>
   <translation>密码更换规则</translation>
  </message>
  <message>
   <source>Good passwords need no change from time to time; set this only where a sponsor or a hospital asks for it. People are told two weeks before, and asked when they unlock once it is due.</source>
   <translation>好的密码无需定期更换；仅在申办方或医院要求时设置。到期前两周提示，到期后解锁时要求更换。</translation>
  </message>
  <message>
   <source>Store the rule</source>
   <translation>保存规则</translation>
  </message>
  <message>
   <source>Days until a password is to be changed; 0 for never</source>
   <translation>密码更换间隔天数；0表示从不</translation>
  </message>
  <message>
   <source>Reason; it stays in the record</source>
   <translation>原因（将保留在记录中）</translation>
  </message>
 </context>
 <context>
  <name>AnalysisExport</name>
  <message>
   <source>Statistical report</source>
   <translation>统计分析报告</translation>
  </message>
  <message>
   <source>Save figure as PDF</source>
   <translation>图另存为PDF</translation>
  </message>
  <message>
   <source>Every result with its reasons, the figures, and which data they are from. About ten seconds.</source>
   <translation>全部结果及理由、图，以及数据来源。约需10秒。</translation>
  </message>
  <message>
   <source>The report will say that the options are not as registered: {0}</source>
   <translation>报告将注明选项与注册方案不同：{0}</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Make report</source>
   <translation>生成报告</translation>
  </message>
  <message>
   <source>Making the PDF</source>
   <translation>正在生成PDF</translation>
  </message>
  <message>
   <source>The PDF is ready</source>
   <translation>PDF已生成</translation>
  </message>
  <message>
   <source>It leaves the study when you save it; that is recorded in the log.</source>
   <translation>保存后即离开研究文件，并记入日志。</translation>
  </message>
  <message>
   <source>Discard it</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Save the PDF</source>
   <translation>保存PDF</translation>
  </message>
  <message>
   <source>Choose another place</source>
   <translation>另选位置</translation>
  </message>
 </context>
 <context>
  <name>AnalysisPage</name>
  <message>
   <source>ESSDAI change</source>
   <translation>ESSDAI变化</translation>
  </message>
  <message>
   <source>not counted yet</source>
   <translation>尚未计入</translation>
  </message>
  <message>
   <source>not counted</source>
   <translation>不计入</translation>
  </message>
  <message>
   <source>counts as non-responder</source>
   <translation>按无应答计</translation>
  </message>
  <message>
   <source>left out of the rate</source>
   <translation>不计入应答率</translation>
  </message>
  <message>
   <source>at most {0}</source>
   <translation>至多{0}</translation>
  </message>
  <message>
   <source>clinically important</source>
   <translation>具有临床意义</translation>
  </message>
  <message>
   <source>below ≥3</source>
   <translation>未达≥3分</translation>
  </message>
  <message>
   <source>95 % interval</source>
   <translation>95%区间</translation>
  </message>
  <message>
   <source>Under the options that hold</source>
   <translation>按当前选项</translation>
  </message>
  <message>
   <source>Only participants with a value at both visits. Median and quartiles. Both tests are two-sided and exact; zeros are dropped, ties have mid-ranks. The p values are descriptive.</source>
   <translation>仅统计两次访视均有值的受试者。中位数与四分位数。两种检验均为双侧精确检验；零差值剔除，同值取平均秩。p值仅为描述性。</translation>
  </message>
  <message>
   <source>Nobody has had rituximab yet. Results begin with the first dose; Today shows who is due next.</source>
   <translation>尚无受试者接受利妥昔单抗。首次给药后才有结果；“今日”页显示下一步应到的受试者。</translation>
  </message>
  <message>
   <source>Nobody has come to week 28 yet. Until then there is no response to count; Participants shows how far everybody is.</source>
   <translation>尚无受试者到第28周，暂无应答可统计；“受试者”页显示各人进度。</translation>
  </message>
  <message>
   <source>Reading the participants</source>
   <translation>正在读取受试者</translation>
  </message>
  <message>
   <source>Working out the results</source>
   <translation>正在计算结果</translation>
  </message>
  <message>
   <source>{0}: {1} of {2}</source>
   <translation>{0}：{1}/{2}</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Write tables</source>
   <translation>导出数据表</translation>
  </message>
  <message>
   <source>Make report</source>
   <translation>生成报告</translation>
  </message>
  <message>
   <source>Nobody is enrolled yet</source>
   <translation>尚无受试者入组</translation>
  </message>
  <message>
   <source>Results are worked out from what the forms hold. They begin with the first participant.</source>
   <translation>结果由表单数据计算得出，自第一名受试者起显示。</translation>
  </message>
  <message>
   <source>Go to participants</source>
   <translation>前往受试者</translation>
  </message>
  <message>
   <source>Week 28 against week 0, exact arithmetic</source>
   <translation>第28周与第0周比较，精确运算</translation>
  </message>
  <message>
   <source>As of {0}, {1}</source>
   <translation>截至{0} {1}</translation>
  </message>
  <message>
   <source>options as registered</source>
   <translation>选项与注册方案一致</translation>
  </message>
  <message>
   <source>for looking only</source>
   <translation>选项已更改，仅供查看</translation>
  </message>
  <message>
   <source>Analysis</source>
   <translation>统计分析</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Participants</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Figures</source>
   <translation>图</translation>
  </message>
  <message>
   <source>Options and sensitivity</source>
   <translation>选项与敏感性</translation>
  </message>
  <message>
   <source>Issues in the data</source>
   <translation>数据中的问题</translation>
  </message>
  <message>
   <source>What a reader of the results has to know. Enter opens the participant’s response.</source>
   <translation>阅读结果时须知的数据问题。按Enter打开该受试者的应答页。</translation>
  </message>
  <message>
   <source>The first {0} of {1}; the report names all.</source>
   <translation>仅列{1}项中的前{0}项；报告中列出全部。</translation>
  </message>
  <message>
   <source>a PGA · b ESR · c B-cell marker · d lacrimal · e salivary. Enter opens a participant’s response.</source>
   <translation>a PGA · b 血沉 · c B细胞标志物 · d 泪液 · e 唾液。按Enter打开受试者的应答页。</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>未发现问题。</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>The study has changed since {0}.</source>
   <translation>{0}之后研究数据有更改。</translation>
  </message>
  <message>
   <source>Read again</source>
   <translation>重新读取</translation>
  </message>
  <message>
   <source>Stopped. Nothing was changed.</source>
   <translation>已停止，未作任何更改。</translation>
  </message>
  <message>
   <source>Not as registered: {0}</source>
   <translation>与注册方案不同：{0}</translation>
  </message>
  <message>
   <source>As registered</source>
   <translation>恢复注册方案</translation>
  </message>
  <message>
   <source>The results appear here in a moment.</source>
   <translation>结果稍后显示。</translation>
  </message>
  <message>
   <source>The process that works out the results ended unexpectedly. The study is untouched.</source>
   <translation>计算进程意外终止。研究数据未受影响。</translation>
  </message>
  <message>
   <source>The results could not be worked out ({0}). The study is untouched.</source>
   <translation>无法计算结果（{0}）。研究数据未受影响。</translation>
  </message>
  <message>
   <source>Back to the results</source>
   <translation>返回结果</translation>
  </message>
  <message>
   <source>screened</source>
   <translation>筛选</translation>
  </message>
  <message>
   <source>in screening</source>
   <translation>筛选中</translation>
  </message>
  <message>
   <source>not treated</source>
   <translation>未治疗</translation>
  </message>
  <message>
   <source>under way</source>
   <translation>随访中</translation>
  </message>
  <message>
   <source>stopped early</source>
   <translation>提前终止</translation>
  </message>
  <message>
   <source>missed</source>
   <translation>错过访视</translation>
  </message>
  <message>
   <source>of {0} planned</source>
   <translation>计划{0}名</translation>
  </message>
  <message>
   <source>of {0} treated</source>
   <translation>已治疗{0}名</translation>
  </message>
  <message>
   <source>Treated with rituximab</source>
   <translation>接受利妥昔单抗</translation>
  </message>
  <message>
   <source>At week 28</source>
   <translation>到第28周</translation>
  </message>
  <message>
   <source>Response: at least {0} of 5 items</source>
   <translation>应答：5项中至少{0}项</translation>
  </message>
  <message>
   <source>STAR: at least 5 points</source>
   <translation>STAR：至少5分</translation>
  </message>
  <message>
   <source>Nobody is counted yet</source>
   <translation>尚无可计入者</translation>
  </message>
  <message>
   <source>exact 95 % interval {0}</source>
   <translation>精确95%区间{0}</translation>
  </message>
  <message>
   <source>Decided by the data</source>
   <translation>数据可判定</translation>
  </message>
  <message>
   <source>of {0}</source>
   <translation>共{0}名</translation>
  </message>
  <message>
   <source>{0} to {1}</source>
   <translation>{0}至{1}</translation>
  </message>
 </context>
 <context>
  <name>AnalysisSensitivity</name>
  <message>
   <source>The primary end point with one option changed at a time.</source>
   <translation>每次仅更改一个选项时的主要终点。</translation>
  </message>
 </context>
 <context>
  <name>AnswerModel</name>
  <message>
   <source>Changed since verified, was {0}</source>
   <translation>核对后已更改，原为{0}</translation>
  </message>
  <message>
   <source>Verified {0}</source>
   <translation>已核对，{0}</translation>
  </message>
 </context>
 <context>
  <name>AppBar</name>
  <message>
   <source>Timer, {0} left</source>
   <translation>计时器，剩余{0}</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>今日</translation>
  </message>
  <message>
   <source>Participants</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Queries</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>Signing</source>
   <translation>签名</translation>
  </message>
  <message>
   <source>Analysis</source>
   <translation>统计分析</translation>
  </message>
  <message>
   <source>Study</source>
   <translation>研究</translation>
  </message>
  <message>
   <source>Menu</source>
   <translation>菜单</translation>
  </message>
  <message>
   <source>Text {0}</source>
   <translation>字号{0}</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Find participant or form</source>
   <translation>查找受试者或表单</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>锁定</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>查找</translation>
  </message>
  <message>
   <source>Not saved: save again</source>
   <translation>未保存：请重新保存</translation>
  </message>
  <message>
   <source>Nothing to save</source>
   <translation>无待保存内容</translation>
  </message>
  <message>
   <source>Works offline</source>
   <translation>可离线使用</translation>
  </message>
  <message>
   <source>Saved {0}</source>
   <translation>已保存 {0}</translation>
  </message>
  <message>
   <source>Investigator</source>
   <translation>研究者</translation>
  </message>
  <message>
   <source>Coordinator</source>
   <translation>协调员</translation>
  </message>
  <message>
   <source>Monitor</source>
   <translation>监查员</translation>
  </message>
  <message>
   <source>Data manager</source>
   <translation>数据管理员</translation>
  </message>
  <message>
   <source>Administrator</source>
   <translation>管理员</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>退出</translation>
  </message>
 </context>
 <context>
  <name>BackupCard</name>
  <message>
   <source>Backups</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>Last backup</source>
   <translation>最近的备份</translation>
  </message>
  <message>
   <source>Second place</source>
   <translation>第二备份位置</translation>
  </message>
  <message>
   <source>Being made: copied, then opened to prove it</source>
   <translation>正在备份：复制后打开检验</translation>
  </message>
  <message>
   <source>Make a backup now</source>
   <translation>立即备份</translation>
  </message>
  <message>
   <source>Choose another place</source>
   <translation>另选位置</translation>
  </message>
  <message>
   <source>Choose a second place</source>
   <translation>选择第二备份位置</translation>
  </message>
  <message>
   <source>No second place</source>
   <translation>不使用第二位置</translation>
  </message>
  <message>
   <source>None yet. One is made by itself when the study is locked, and every day.</source>
   <translation>尚无备份。锁定研究时以及每天会自动备份。</translation>
  </message>
  <message>
   <source>{0}, proved by opening it ({1}; {2} kept in the study’s folder)</source>
   <translation>{0}，已打开检验（{1}；研究文件夹中保留 {2} 份）</translation>
  </message>
  <message>
   <source>It is {0} days old; what was written since is in none.</source>
   <translation>已过去 {0} 天；此后写入的内容不在任何备份中。</translation>
  </message>
  <message>
   <source>One could not be made, {0}:</source>
   <translation>{0} 未能完成备份：</translation>
  </message>
  <message>
   <source>None chosen. A stick, or another disk: a laptop that is lost takes its backups along.</source>
   <translation>尚未选择。请选用U盘或其他磁盘：笔记本电脑一旦丢失，其中的备份也随之丢失。</translation>
  </message>
  <message>
   <source>{0} (not plugged in)</source>
   <translation>{0}（未插入）</translation>
  </message>
  <message>
   <source>{0}: no copy yet</source>
   <translation>{0}：尚无副本</translation>
  </message>
  <message>
   <source>{0}: last copy {1}</source>
   <translation>{0}：最近的副本 {1}</translation>
  </message>
  <message>
   <source>Choose a folder on a stick or another disk</source>
   <translation>选择U盘或其他磁盘上的文件夹</translation>
  </message>
 </context>
 <context>
  <name>BackupWatch</name>
  <message>
   <source>No backup holds the work of the last {0} days.</source>
   <translation>最近 {0} 天的工作没有任何备份。</translation>
  </message>
  <message>
   <source>Today’s backup could not be made.</source>
   <translation>今天的备份未能完成。</translation>
  </message>
  <message>
   <source>Make one now</source>
   <translation>立即备份</translation>
  </message>
  <message>
   <source>This study can only be read here: its disk or folder cannot be written to.</source>
   <translation>此研究在此处只能查看：所在磁盘或文件夹无法写入。</translation>
  </message>
  <message>
   <source>Understood</source>
   <translation>知道了</translation>
  </message>
 </context>
 <context>
  <name>Banner</name>
  <message>
   <source>not known</source>
   <translation>不详</translation>
  </message>
  <message>
   <source>{0} y</source>
   <translation>{0}岁</translation>
  </message>
  <message>
   <source>Sex</source>
   <translation>性别</translation>
  </message>
  <message>
   <source>Age</source>
   <translation>年龄</translation>
  </message>
  <message>
   <source>Day {0}</source>
   <translation>第{0}天</translation>
  </message>
  <message>
   <source>not started</source>
   <translation>未开始</translation>
  </message>
  <message>
   <source>Visit</source>
   <translation>访视</translation>
  </message>
  <message>
   <source>Visit date</source>
   <translation>访视日期</translation>
  </message>
  <message>
   <source>Study day</source>
   <translation>研究日</translation>
  </message>
  <message>
   <source>Participant {0}</source>
   <translation>受试者{0}</translation>
  </message>
  <message>
   <source>Participant</source>
   <translation>受试者</translation>
  </message>
 </context>
 <context>
  <name>ChangeCard</name>
  <message>
   <source>Outcome</source>
   <translation>指标</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>变化</translation>
  </message>
  <message>
   <source>Improvement</source>
   <translation>改善</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>依据</translation>
  </message>
 </context>
 <context>
  <name>CheckSheet</name>
  <message>
   <source>To check on this form</source>
   <translation>本表单待核对</translation>
  </message>
  <message>
   <source>Back to the form</source>
   <translation>返回表单</translation>
  </message>
  <message>
   <source>Has to be mended before the form is complete</source>
   <translation>须更正后才能完成表单</translation>
  </message>
  <message>
   <source>Go there</source>
   <translation>前往</translation>
  </message>
 </context>
 <context>
  <name>Choice</name>
  <message>
   <source>Yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>No</source>
   <translation>否</translation>
  </message>
 </context>
 <context>
  <name>ChoiceEntry</name>
  <message>
   <source>Choose</source>
   <translation>请选择</translation>
  </message>
 </context>
 <context>
  <name>CloseSheet</name>
  <message>
   <source>Close this account for good?</source>
   <translation>永久停用此账户？</translation>
  </message>
  <message>
   <source>The password opens nothing any more, every key of this person is revoked, and the study gets a new data key. Entries and signatures made before stay as they are. The user name stays taken. This cannot be undone: a person who returns gets a new account.</source>
   <translation>密码随即失效，此人的全部密钥被吊销，研究将更换数据密钥。此前的记录和签名保持不变。用户名不再给他人使用。此操作无法撤销：重新加入者须使用新账户。</translation>
  </message>
  <message>
   <source>Close the account</source>
   <translation>停用账户</translation>
  </message>
 </context>
 <context>
  <name>CollectionCard</name>
  <message>
   <source>Restart</source>
   <translation>重新开始</translation>
  </message>
  <message>
   <source>after timer</source>
   <translation>计时后</translation>
  </message>
  <message>
   <source>{0} in {1}</source>
   <translation>{0}，收集{1}</translation>
  </message>
  <message>
   <source>{0} to {1}, {2}</source>
   <translation>{0}至{1}，{2}</translation>
  </message>
 </context>
 <context>
  <name>Corner</name>
  <message>
   <source>Form</source>
   <translation>表单</translation>
  </message>
 </context>
 <context>
  <name>CourseKey</name>
  <message>
   <source>open point = not yet signed</source>
   <translation>空心点 = 尚未签名</translation>
  </message>
 </context>
 <context>
  <name>CourseLanes</name>
  <message>
   <source>Course</source>
   <translation>病程</translation>
  </message>
  <message>
   <source>no score yet</source>
   <translation>尚无评分</translation>
  </message>
  <message>
   <source>hidden until its page is complete: {0}</source>
   <translation>表单完成前不显示：{0}</translation>
  </message>
  <message>
   <source>Doses given</source>
   <translation>已给药</translation>
  </message>
  <message>
   <source>Week</source>
   <translation>周</translation>
  </message>
 </context>
 <context>
  <name>DecisionTable</name>
  <message>
   <source>Value</source>
   <translation>值</translation>
  </message>
  <message>
   <source>Entered</source>
   <translation>录入时间</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>来源</translation>
  </message>
  <message>
   <source>shown now</source>
   <translation>当前显示</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>无答案</translation>
  </message>
  <message>
   <source>{0}, {1}</source>
   <translation>{0}，{1}</translation>
  </message>
 </context>
 <context>
  <name>Derived</name>
  <message>
   <source>Not known yet</source>
   <translation>尚不能确定</translation>
  </message>
 </context>
 <context>
  <name>DerivedCardBlock</name>
  <message>
   <source>{0}: {1}</source>
   <translation>{0}：{1}</translation>
  </message>
 </context>
 <context>
  <name>DocumentDesk</name>
  <message>
   <source>Asking for a timestamp</source>
   <translation>正在申请时间戳</translation>
  </message>
  <message>
   <source>Only the SHA-256 of the file leaves this computer.</source>
   <translation>离开本机的只有文件的SHA-256。</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Signed PDFs</source>
   <translation>已签名的PDF</translation>
  </message>
  <message>
   <source>Back to the list</source>
   <translation>返回列表</translation>
  </message>
 </context>
 <context>
  <name>DocumentFields</name>
  <message>
   <source>No participant number</source>
   <translation>不印受试者编号</translation>
  </message>
  <message>
   <source>The whole book</source>
   <translation>整本</translation>
  </message>
  <message>
   <source>All forms of it</source>
   <translation>该访视的全部表单</translation>
  </message>
  <message>
   <source>{0}, {1}. It says what holds now.</source>
   <translation>{0}，{1}。内容与现状一致。</translation>
  </message>
  <message>
   <source>{0}, {1}. Something changed since: it is not current.</source>
   <translation>{0}，{1}。此后有更改：已非现行版本。</translation>
  </message>
  <message>
   <source>Participant</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Visit</source>
   <translation>访视</translation>
  </message>
  <message>
   <source>Which</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>Form</source>
   <translation>表单</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>For which visit</source>
   <translation>用于哪次访视</translation>
  </message>
  <message>
   <source>On which day</source>
   <translation>截至哪一天</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>As it stands now</source>
   <translation>当前内容</translation>
  </message>
  <message>
   <source>The signed PDF</source>
   <translation>已签名的PDF</translation>
  </message>
  <message>
   <source>every day</source>
   <translation>全部日期</translation>
  </message>
 </context>
 <context>
  <name>DocumentWords</name>
  <message>
   <source>Paper pack</source>
   <translation>纸质表单包</translation>
  </message>
  <message>
   <source>Annotated CRF</source>
   <translation>注释CRF</translation>
  </message>
  <message>
   <source>Data dictionary</source>
   <translation>数据字典</translation>
  </message>
  <message>
   <source>Visit summary</source>
   <translation>访视小结</translation>
  </message>
  <message>
   <source>One form, filled in</source>
   <translation>单张已填表单</translation>
  </message>
  <message>
   <source>Casebook</source>
   <translation>受试者病例全册</translation>
  </message>
  <message>
   <source>Audit trail of a participant</source>
   <translation>受试者的稽查轨迹</translation>
  </message>
  <message>
   <source>Audit trail of the study</source>
   <translation>研究的稽查轨迹</translation>
  </message>
  <message>
   <source>Authorised persons</source>
   <translation>授权人员</translation>
  </message>
  <message>
   <source>Blank forms to write on: tick boxes, grids and scales as on the screen.</source>
   <translation>供手写的空白表单：勾选框、表格和评分尺与屏幕一致。</translation>
  </message>
  <message>
   <source>Blank forms with the name under which each answer is stored, and its SDTM variable.</source>
   <translation>空白表单，并标明每个答案的存储名称及其SDTM变量。</translation>
  </message>
  <message>
   <source>Every item: its question, type, unit, limits and code list.</source>
   <translation>每个条目的问题、类型、单位、限值和代码表。</translation>
  </message>
  <message>
   <source>One visit: scores, forms, what changed, open queries, signatures. Until it is signed it is marked as a draft.</source>
   <translation>一次访视：评分、表单、更改、未关闭的质疑和签名。签名之前标为草稿。</translation>
  </message>
  <message>
   <source>The answers of one form, on the paper that is used for writing.</source>
   <translation>一张表单的答案，印在与手写相同的表单上。</translation>
  </message>
  <message>
   <source>Everything of one participant, with the audit trail, contents and bookmarks.</source>
   <translation>一名受试者的全部内容，含稽查轨迹、目录和书签。</translation>
  </message>
  <message>
   <source>Every entry about one participant: who, when, what it was before, and why.</source>
   <translation>有关一名受试者的每条记录：何人、何时、原值及原因。</translation>
  </message>
  <message>
   <source>Every entry of the log, people, exports and signatures included.</source>
   <translation>日志的每条记录，包括人员、导出和签名。</translation>
  </message>
  <message>
   <source>Who may do what, since when and until when, read from the log.</source>
   <translation>何人可做何事、自何时起至何时止，取自日志。</translation>
  </message>
  <message>
   <source>Without data</source>
   <translation>不含数据</translation>
  </message>
  <message>
   <source>Of a participant</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Of the study</source>
   <translation>研究</translation>
  </message>
  <message>
   <source>Both side by side</source>
   <translation>中英对照</translation>
  </message>
  <message>
   <source>Printing or saving it is recorded in the log. On paper and as a PDF it is not encrypted.</source>
   <translation>打印或保存会记入日志。纸质件和PDF均未加密。</translation>
  </message>
  <message>
   <source>It holds no answers: nothing is recorded.</source>
   <translation>不含任何答案：不作记录。</translation>
  </message>
 </context>
 <context>
  <name>DocumentsPage</name>
  <message>
   <source>No participant is enrolled yet.</source>
   <translation>尚无受试者入组。</translation>
  </message>
  <message>
   <source>No visit of this participant has begun.</source>
   <translation>该受试者尚未开始任何访视。</translation>
  </message>
  <message>
   <source>No form of this visit has been begun.</source>
   <translation>该访视尚未开始任何表单。</translation>
  </message>
  <message>
   <source>This is no date. Type it as year-month-day: 2026-11-22.</source>
   <translation>这不是日期。请按年-月-日输入：2026-11-22。</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>正在读取</translation>
  </message>
  <message>
   <source>Making the PDF</source>
   <translation>正在生成PDF</translation>
  </message>
  <message>
   <source>{0}: {1} of {2}</source>
   <translation>{0}：第{1}项，共{2}项</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Signed PDF</source>
   <translation>已签名的PDF</translation>
  </message>
  <message>
   <source>It could not be made ({0}). The study is untouched, and no file was written.</source>
   <translation>无法生成（{0}）。研究数据未变，也未写出文件。</translation>
  </message>
  <message>
   <source>Make it again</source>
   <translation>重新生成</translation>
  </message>
  <message>
   <source>Back to the documents</source>
   <translation>返回文件</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Each is shown first; then print it or save it as a PDF</source>
   <translation>每份文件先预览，再打印或保存为PDF</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Preview</source>
   <translation>预览</translation>
  </message>
 </context>
 <context>
  <name>DocumentsSheet</name>
  <message>
   <source>Signed PDFs</source>
   <translation>已签名的PDF</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>1 form</source>
   <translation>1张表单</translation>
  </message>
  <message>
   <source>{0} forms</source>
   <translation>{0}张表单</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>显示</translation>
  </message>
  <message>
   <source>Save a copy</source>
   <translation>另存副本</translation>
  </message>
  <message>
   <source>Ask for a timestamp</source>
   <translation>申请时间戳</translation>
  </message>
  <message>
   <source>Current: it says what holds now.</source>
   <translation>最新：内容与现状一致。</translation>
  </message>
  <message>
   <source>Superseded: something changed since, and a later PDF says what holds now.</source>
   <translation>已被取代：之后有更改，现状见后来的PDF。</translation>
  </message>
  <message>
   <source>Not current: something changed after it was signed. It is to be signed again.</source>
   <translation>非最新：签名后有更改，须重新签名。</translation>
  </message>
  <message>
   <source>A second signature is awaited.</source>
   <translation>等待第二人签名。</translation>
  </message>
  <message>
   <source>Level {0}, timestamp pending.</source>
   <translation>级别{0}，尚待时间戳。</translation>
  </message>
  <message>
   <source>Level {0}.</source>
   <translation>级别{0}。</translation>
  </message>
 </context>
 <context>
  <name>DraftStrip</name>
  <message>
   <source>Half typed, not stored: {0} “{1}”</source>
   <translation>未输完、未保存：{0}“{1}”</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>舍弃</translation>
  </message>
 </context>
 <context>
  <name>EnrolmentDesk</name>
  <message>
   <source>Record identity check</source>
   <translation>记录身份核实</translation>
  </message>
  <message>
   <source>Enrolment sheet</source>
   <translation>登记表</translation>
  </message>
  <message>
   <source>Record the identity check</source>
   <translation>记录身份核实</translation>
  </message>
  <message>
   <source>Save the enrolment sheet</source>
   <translation>保存登记表</translation>
  </message>
 </context>
 <context>
  <name>EscrowSheet</name>
  <message>
   <source>A sponsor may keep a key that opens the data of this file. Its holder can read everything, and can sign nothing and certify nobody. The public key comes as a file: of this program, of age, or PEM.</source>
   <translation>申办方可保管一把能打开本文件数据的密钥。持有人可读取全部内容，但不能签名，也不能签发证书。公钥以文件形式提供：本程序、age或PEM格式。</translation>
  </message>
  <message>
   <source>Take it away</source>
   <translation>收回</translation>
  </message>
  <message>
   <source>Choose the public key file</source>
   <translation>选择公钥文件</translation>
  </message>
  <message>
   <source>Sponsor’s key</source>
   <translation>申办方密钥</translation>
  </message>
  <message>
   <source>The data key is sealed to {0}.</source>
   <translation>数据密钥已封装给{0}。</translation>
  </message>
  <message>
   <source>Taking it away also changes the data key, since its holder may have copied the old one.</source>
   <translation>收回时会同时更换数据密钥，因为持有人可能已复制旧密钥。</translation>
  </message>
 </context>
 <context>
  <name>FigureView</name>
  <message>
   <source>The figure could not be drawn.</source>
   <translation>无法绘制该图。</translation>
  </message>
  <message>
   <source>Drawing the figure</source>
   <translation>正在绘图</translation>
  </message>
  <message>
   <source>Not shown while PGA, ESSPRI, ESSDAI or ultrasound of a visit is being rated: {0}.</source>
   <translation>以下受试者的访视正在评定PGA、ESSPRI、ESSDAI或超声，暂不显示：{0}。</translation>
  </message>
  <message>
   <source>Scores over time</source>
   <translation>评分随时间变化</translation>
  </message>
  <message>
   <source>ESSDAI change</source>
   <translation>ESSDAI变化</translation>
  </message>
  <message>
   <source>Domains</source>
   <translation>ESSDAI各领域</translation>
  </message>
  <message>
   <source>Doses and events</source>
   <translation>给药与事件</translation>
  </message>
  <message>
   <source>One participant</source>
   <translation>单个受试者</translation>
  </message>
  <message>
   <source>Previous</source>
   <translation>上一名</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>下一名</translation>
  </message>
  <message>
   <source>Save figure as PDF</source>
   <translation>图另存为PDF</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>编号</translation>
  </message>
  <message>
   <source>Participant</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Page {0} of {1}</source>
   <translation>第{0}页，共{1}页</translation>
  </message>
  <message>
   <source>Participant {0}</source>
   <translation>受试者{0}</translation>
  </message>
 </context>
 <context>
  <name>FindSheet</name>
  <message>
   <source>Find participant or form</source>
   <translation>查找受试者或表单</translation>
  </message>
  <message>
   <source>Number or form</source>
   <translation>编号或表单</translation>
  </message>
  <message>
   <source>Nothing matches.</source>
   <translation>没有符合的结果。</translation>
  </message>
  <message>
   <source>Participant</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Response at week 28</source>
   <translation>第28周应答</translation>
  </message>
 </context>
 <context>
  <name>FindingSheet</name>
  <message>
   <source>Saved entries are missing</source>
   <translation>缺少已保存的记录</translation>
  </message>
  <message>
   <source>The file is not as it was written</source>
   <translation>文件与写入时不符</translation>
  </message>
  <message>
   <source>Entries may be missing</source>
   <translation>可能缺少记录</translation>
  </message>
  <message>
   <source>Check of the log</source>
   <translation>日志核查</translation>
  </message>
  <message>
   <source>What was found</source>
   <translation>发现的问题</translation>
  </message>
  <message>
   <source>What is whole</source>
   <translation>完好的部分</translation>
  </message>
  <message>
   <source>What is kept</source>
   <translation>已保留</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>如何处理</translation>
  </message>
  <message>
   <source>and {0} more</source>
   <translation>另有{0}处</translation>
  </message>
  <message>
   <source>Keep this folder as it is, copy nothing over it, and tell the data manager.</source>
   <translation>请原样保留此文件夹，不要用任何文件覆盖，并告知数据管理员。</translation>
  </message>
  <message>
   <source>To go on, restore the latest backup: a new study folder is made of it.</source>
   <translation>如需继续工作，请恢复最近的备份：将由其新建一个研究文件夹。</translation>
  </message>
 </context>
 <context>
  <name>FormDialogue</name>
  <message>
   <source>{0} and {1} more</source>
   <translation>{0}及另外{1}项</translation>
  </message>
  <message>
   <source>new answer</source>
   <translation>新答案</translation>
  </message>
  <message>
   <source>Saving: {0}</source>
   <translation>保存：{0}</translation>
  </message>
  <message>
   <source>Save again</source>
   <translation>重新保存</translation>
  </message>
  <message>
   <source>Back to the form</source>
   <translation>返回表单</translation>
  </message>
 </context>
 <context>
  <name>FormPage</name>
  <message>
   <source>Completing the form</source>
   <translation>完成表单</translation>
  </message>
  <message>
   <source>Entered by mistake</source>
   <translation>误录</translation>
  </message>
  <message>
   <source>List</source>
   <translation>列表</translation>
  </message>
  <message>
   <source>Schedule</source>
   <translation>访视表</translation>
  </message>
  <message>
   <source>Add another</source>
   <translation>再添加一条</translation>
  </message>
  <message>
   <source>To check: {0}</source>
   <translation>待核对：{0}</translation>
  </message>
  <message>
   <source>{0} to check</source>
   <translation>{0}处待核对</translation>
  </message>
  <message>
   <source>Nothing left to answer</source>
   <translation>已全部作答</translation>
  </message>
  <message>
   <source>1 left: {0}</source>
   <translation>剩1项：{0}</translation>
  </message>
  <message>
   <source>{0} left to answer</source>
   <translation>还有{0}项未作答</translation>
  </message>
  <message>
   <source>Complete form</source>
   <translation>完成表单</translation>
  </message>
  <message>
   <source>Back to the list</source>
   <translation>返回列表</translation>
  </message>
  <message>
   <source>Go on: {0}</source>
   <translation>继续：{0}</translation>
  </message>
  <message>
   <source>Sign the visit</source>
   <translation>签署访视</translation>
  </message>
  <message>
   <source>Back to the schedule</source>
   <translation>返回访视表</translation>
  </message>
 </context>
 <context>
  <name>FormQueries</name>
  <message>
   <source>1 query on the form</source>
   <translation>表单有1条质疑</translation>
  </message>
  <message>
   <source>{0} queries on the form</source>
   <translation>表单有{0}条质疑</translation>
  </message>
  <message>
   <source>Query on the form</source>
   <translation>对表单提出质疑</translation>
  </message>
  <message>
   <source>Verify {0} of {1}</source>
   <translation>核对{0}/{1}</translation>
  </message>
  <message>
   <source>Verify against source, {0} of {1}</source>
   <translation>源数据核对，{0}/{1}</translation>
  </message>
  <message>
   <source>Print</source>
   <translation>打印</translation>
  </message>
 </context>
 <context>
  <name>FormState</name>
  <message>
   <source>Planned</source>
   <translation>计划中</translation>
  </message>
  <message>
   <source>Due</source>
   <translation>待填</translation>
  </message>
  <message>
   <source>In progress</source>
   <translation>填写中</translation>
  </message>
  <message>
   <source>Complete</source>
   <translation>已完成</translation>
  </message>
  <message>
   <source>Signed</source>
   <translation>已签名</translation>
  </message>
  <message>
   <source>Changed after signature</source>
   <translation>签名后有更改</translation>
  </message>
  <message>
   <source>Missing, with reason</source>
   <translation>缺失，有原因</translation>
  </message>
  <message>
   <source>Not needed</source>
   <translation>无需填写</translation>
  </message>
 </context>
 <context>
  <name>FormView</name>
  <message>
   <source>{0}, row {1}</source>
   <translation>{0}，第{1}行</translation>
  </message>
 </context>
 <context>
  <name>FormWords</name>
  <message>
   <source>Form {0} of {1}</source>
   <translation>第{0}张表单，共{1}张</translation>
  </message>
  <message>
   <source>Better completed before this page:</source>
   <translation>建议在本页之前完成：</translation>
  </message>
  <message>
   <source>Recorded of this participant:</source>
   <translation>该受试者已记录：</translation>
  </message>
  <message>
   <source>Open: {0}</source>
   <translation>打开：{0}</translation>
  </message>
  <message>
   <source>Read-only after a fault of the program: lock and unlock</source>
   <translation>程序出错后为只读：请锁定后重新解锁</translation>
  </message>
  <message>
   <source>Read-only: nothing can be written to this study</source>
   <translation>只读：无法写入本研究</translation>
  </message>
  <message>
   <source>Read-only: your role does not enter data</source>
   <translation>只读：您的角色不录入数据</translation>
  </message>
  <message>
   <source>Read-only: the visit has not begun</source>
   <translation>只读：访视尚未开始</translation>
  </message>
  <message>
   <source>Closed: the disk is almost full</source>
   <translation>已关闭：磁盘空间即将用尽</translation>
  </message>
  <message>
   <source>Closed: something else comes first</source>
   <translation>暂不可录入：须先完成其他内容</translation>
  </message>
  <message>
   <source>Not asked at this visit</source>
   <translation>本次访视无须填写</translation>
  </message>
 </context>
 <context>
  <name>GradeBar</name>
  <message>
   <source>{0}: {1} of {2}</source>
   <translation>{0}：{1}，满分{2}</translation>
  </message>
  <message>
   <source>Total</source>
   <translation>总分</translation>
  </message>
  <message>
   <source>Total so far</source>
   <translation>目前合计</translation>
  </message>
 </context>
 <context>
  <name>GradeGridBlock</name>
  <message>
   <source>{0}, {1}</source>
   <translation>{0}，{1}</translation>
  </message>
  <message>
   <source>{0} of {1}, {2}</source>
   <translation>{0}级，最高{1}级，{2}</translation>
  </message>
  <message>
   <source>no answer yet</source>
   <translation>尚未作答</translation>
  </message>
  <message>
   <source>not asked</source>
   <translation>无需填写</translation>
  </message>
  <message>
   <source>, </source>
   <translation>、</translation>
  </message>
  <message>
   <source>No grade {0} here.</source>
   <translation>此处没有{0}级。</translation>
  </message>
  <message>
   <source>Not saved. Grades: {0}.</source>
   <translation>未保存。可选：{0}。</translation>
  </message>
 </context>
 <context>
  <name>GradeTable</name>
  <message>
   <source>Parameter and grades</source>
   <translation>参数与分级</translation>
  </message>
 </context>
 <context>
  <name>GreetingStrip</name>
  <message>
   <source>Change my password</source>
   <translation>更改我的密码</translation>
  </message>
  <message>
   <source>Understood</source>
   <translation>知道了</translation>
  </message>
  <message>
   <source>1 log-in with your name failed, {0}.</source>
   <translation>以您的用户名登录失败1次（{0}）。</translation>
  </message>
  <message>
   <source>{0} log-ins with your name failed since {1}.</source>
   <translation>自{1}以来，以您的用户名登录失败{0}次。</translation>
  </message>
  <message>
   <source> Was it not you? Tell the administrator.</source>
   <translation>如非本人操作，请告知管理员。</translation>
  </message>
  <message>
   <source>1 log-in with another name failed, {0}.</source>
   <translation>以其他用户名登录失败1次（{0}）。</translation>
  </message>
  <message>
   <source>{0} log-ins with other names failed since {1}.</source>
   <translation>自{1}以来，以其他用户名登录失败{0}次。</translation>
  </message>
  <message>
   <source>Your password is {0} days old or more: change it now.</source>
   <translation>您的密码已使用{0}天以上：请现在更改。</translation>
  </message>
  <message>
   <source>Your password is to be changed in {0} days.</source>
   <translation>您的密码须在{0}天内更改。</translation>
  </message>
  <message>
   <source>No recovery code was typed back yet: make one on the study page, under Keys. Without it a lost administrator’s password cannot be helped.</source>
   <translation>尚无已回输的恢复码：请在“研究”页的“密钥”部分生成。没有它，管理员密码遗失后将无法补救。</translation>
  </message>
 </context>
 <context>
  <name>HistorySheet</name>
  <message>
   <source>History</source>
   <translation>历史</translation>
  </message>
  <message>
   <source>No answer was stored yet.</source>
   <translation>尚未保存过答案。</translation>
  </message>
  <message>
   <source>Close the history</source>
   <translation>关闭历史</translation>
  </message>
  <message>
   <source>When</source>
   <translation>时间</translation>
  </message>
  <message>
   <source>Who</source>
   <translation>人员</translation>
  </message>
  <message>
   <source>From</source>
   <translation>原值</translation>
  </message>
  <message>
   <source>To</source>
   <translation>新值</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>原因</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>无答案</translation>
  </message>
 </context>
 <context>
  <name>IdentifySheet</name>
  <message>
   <source>Record the identity check</source>
   <translation>记录身份核实</translation>
  </message>
  <message>
   <source>You have seen the person and a document, or know the person. It is recorded under your name and printed on the enrolment sheet.</source>
   <translation>您已见到本人及其证件，或认识本人。此事以您的名义记录，并印在登记表上。</translation>
  </message>
  <message>
   <source>Record it</source>
   <translation>记录</translation>
  </message>
  <message>
   <source>How you identified the person (staff card, known in person …)</source>
   <translation>身份核实方式（工作证、本人相识等）</translation>
  </message>
  <message>
   <source>Which kind of document it was; never its number.</source>
   <translation>写明证件种类，绝不写证件号码。</translation>
  </message>
 </context>
 <context>
  <name>IdleCard</name>
  <message>
   <source>Lock of this machine</source>
   <translation>本机锁定</translation>
  </message>
  <message>
   <source>Locks without key or mouse after</source>
   <translation>无按键或鼠标操作多久后锁定</translation>
  </message>
  <message>
   <source>min</source>
   <translation>分钟</translation>
  </message>
  <message>
   <source>Also when it sleeps or its screen is locked. F12 locks at once.</source>
   <translation>本机休眠或屏幕锁定时也会锁定。按F12立即锁定。</translation>
  </message>
 </context>
 <context>
  <name>IdleStrip</name>
  <message>
   <source>Locks in {0} s. Any key goes on, and answers nothing.</source>
   <translation>{0}秒后锁定。按任意键继续，不会录入任何内容。</translation>
  </message>
  <message>
   <source>The timer of the test goes on behind the lock, and rings.</source>
   <translation>检查计时在锁定后继续，到时会响铃。</translation>
  </message>
 </context>
 <context>
  <name>Item</name>
  <message>
   <source>Laboratory profile: {0}</source>
   <translation>实验室配置：{0}</translation>
  </message>
  <message>
   <source>not asked</source>
   <translation>无需填写</translation>
  </message>
  <message>
   <source>no answer yet</source>
   <translation>尚未作答</translation>
  </message>
  <message>
   <source>open query</source>
   <translation>有未关闭质疑</translation>
  </message>
  <message>
   <source>Not asked here ({0}).</source>
   <translation>此处无需填写（{0}）。</translation>
  </message>
 </context>
 <context>
  <name>ItemField</name>
  <message>
   <source>A time alone is taken on the visit date</source>
   <translation>只填时间即按访视日期记录</translation>
  </message>
  <message>
   <source>day month year</source>
   <translation>年月日</translation>
  </message>
  <message>
   <source>hh:mm</source>
   <translation>时:分</translation>
  </message>
  <message>
   <source>date and time</source>
   <translation>日期和时间</translation>
  </message>
  <message>
   <source>Unit, {0}</source>
   <translation>单位，{0}</translation>
  </message>
  <message>
   <source>Remove reason</source>
   <translation>撤销缺失</translation>
  </message>
  <message>
   <source>Missing reason</source>
   <translation>缺失原因</translation>
  </message>
  <message>
   <source>Query</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>1 open query</source>
   <translation>1条未关闭质疑</translation>
  </message>
  <message>
   <source>{0} open queries</source>
   <translation>{0}条未关闭质疑</translation>
  </message>
  <message>
   <source>was {0}</source>
   <translation>原为{0}</translation>
  </message>
  <message>
   <source>Not asked with the present answers.</source>
   <translation>按现有答案，本项无需填写。</translation>
  </message>
  <message>
   <source>Not asked at this visit.</source>
   <translation>本次访视无需填写。</translation>
  </message>
 </context>
 <context>
  <name>JointFigureBlock</name>
  <message>
   <source>All others: neither tender nor swollen</source>
   <translation>其余关节均无压痛、无肿胀</translation>
  </message>
 </context>
 <context>
  <name>JointMap</name>
  <message>
   <source>Right</source>
   <translation>右</translation>
  </message>
  <message>
   <source>Left</source>
   <translation>左</translation>
  </message>
 </context>
 <context>
  <name>JointPanel</name>
  <message>
   <source>Remove reason</source>
   <translation>撤销缺失</translation>
  </message>
  <message>
   <source>Missing reason</source>
   <translation>缺失原因</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史</translation>
  </message>
  <message>
   <source>Query</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>1 joint not answered</source>
   <translation>1个关节尚未填写</translation>
  </message>
  <message>
   <source>{0} joints not answered</source>
   <translation>{0}个关节尚未填写</translation>
  </message>
  <message>
   <source>was {0}</source>
   <translation>原为{0}</translation>
  </message>
  <message>
   <source>Not asked with the present answers.</source>
   <translation>按现有答案，本项无需填写。</translation>
  </message>
 </context>
 <context>
  <name>KeyActs</name>
  <message>
   <source>Change my password</source>
   <translation>更改我的密码</translation>
  </message>
  <message>
   <source>New data key</source>
   <translation>新数据密钥</translation>
  </message>
  <message>
   <source>The study has a new data key</source>
   <translation>研究已有新的数据密钥</translation>
  </message>
  <message>
   <source>All passwords and the recovery code open it. Backups made before keep the key of their time.</source>
   <translation>所有密码和恢复码均可打开。此前的备份仍使用当时的密钥。</translation>
  </message>
  <message>
   <source>New recovery code</source>
   <translation>新恢复码</translation>
  </message>
  <message>
   <source>Type it back</source>
   <translation>回输</translation>
  </message>
  <message>
   <source>The recovery code counts</source>
   <translation>恢复码已生效</translation>
  </message>
  <message>
   <source>It opened the study just now. Lock the paper away; the code before is worth nothing any more.</source>
   <translation>刚才已用它打开研究。请将纸张锁存；旧恢复码已作废。</translation>
  </message>
  <message>
   <source>Sponsor’s key</source>
   <translation>申办方密钥</translation>
  </message>
  <message>
   <source>The sponsor’s key is taken away</source>
   <translation>申办方密钥已收回</translation>
  </message>
  <message>
   <source>It opens nothing that is written from now on.</source>
   <translation>今后写入的内容它都无法打开。</translation>
  </message>
  <message>
   <source>Choose the public key file</source>
   <translation>选择公钥文件</translation>
  </message>
  <message>
   <source>The sponsor’s key opens the data</source>
   <translation>申办方密钥可打开数据</translation>
  </message>
  <message>
   <source>Compare it by telephone with its holder: {0}</source>
   <translation>请与持有人电话核对：{0}</translation>
  </message>
  <message>
   <source>Rule for changing passwords</source>
   <translation>密码更换规则</translation>
  </message>
  <message>
   <source>Lift the block</source>
   <translation>解除暂停</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>The password is changed</source>
   <translation>密码已更改</translation>
  </message>
  <message>
   <source>It holds from the next unlocking and for signing.</source>
   <translation>下次解锁及签名时生效。</translation>
  </message>
  <message>
   <source>Back to the study</source>
   <translation>返回研究</translation>
  </message>
  <message>
   <source>Save the sheet</source>
   <translation>保存该页</translation>
  </message>
  <message>
   <source>Print the sheet</source>
   <translation>打印该页</translation>
  </message>
 </context>
 <context>
  <name>KeyCard</name>
  <message>
   <source>Keys</source>
   <translation>密钥</translation>
  </message>
  <message>
   <source>Opened by</source>
   <translation>可打开本研究的</translation>
  </message>
  <message>
   <source>Data key</source>
   <translation>数据密钥</translation>
  </message>
  <message>
   <source>Recovery code</source>
   <translation>恢复码</translation>
  </message>
  <message>
   <source>Sponsor’s key</source>
   <translation>申办方密钥</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Change of passwords</source>
   <translation>密码更换</translation>
  </message>
  <message>
   <source>1 password</source>
   <translation>1个密码</translation>
  </message>
  <message>
   <source>{0} passwords</source>
   <translation>{0}个密码</translation>
  </message>
  <message>
   <source>number {0}, as the study was made</source>
   <translation>第{0}个，自研究建立起</translation>
  </message>
  <message>
   <source>number {0}, since {1}</source>
   <translation>第{0}个，自{1}起</translation>
  </message>
  <message>
   <source>made, but not typed back from the paper yet</source>
   <translation>已生成，但尚未照纸回输</translation>
  </message>
  <message>
   <source>none: a lost administrator’s password cannot be helped</source>
   <translation>无：管理员密码遗失时无法补救</translation>
  </message>
  <message>
   <source>one code</source>
   <translation>一个恢复码</translation>
  </message>
  <message>
   <source>three shares, any two do</source>
   <translation>三份，任意两份可用</translation>
  </message>
  <message>
   <source>{0}; typed back {1}</source>
   <translation>{0}；{1}已回输</translation>
  </message>
  <message>
   <source>not asked for</source>
   <translation>不要求</translation>
  </message>
  <message>
   <source>every {0} days; yours is due now</source>
   <translation>每{0}天；您的密码现在应更换</translation>
  </message>
  <message>
   <source>every {0} days; yours in {1} days</source>
   <translation>每{0}天；您的密码还有{1}天</translation>
  </message>
  <message>
   <source>Change my password</source>
   <translation>更改我的密码</translation>
  </message>
  <message>
   <source>Type the recovery code back</source>
   <translation>回输恢复码</translation>
  </message>
  <message>
   <source>New recovery code</source>
   <translation>新恢复码</translation>
  </message>
  <message>
   <source>New data key</source>
   <translation>新数据密钥</translation>
  </message>
  <message>
   <source>Rule for changing passwords</source>
   <translation>密码更换规则</translation>
  </message>
  <message>
   <source>Lift the block of {0}</source>
   <translation>解除{0}的暂停</translation>
  </message>
 </context>
 <context>
  <name>KeyHint</name>
  <message>
   <source>missing</source>
   <translation>缺失</translation>
  </message>
  <message>
   <source>query</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>history</source>
   <translation>历史</translation>
  </message>
  <message>
   <source>remove line</source>
   <translation>删除行</translation>
  </message>
  <message>
   <source>next</source>
   <translation>下一项</translation>
  </message>
  <message>
   <source>answer</source>
   <translation>作答</translation>
  </message>
  <message>
   <source>domain</source>
   <translation>领域</translation>
  </message>
  <message>
   <source>move</source>
   <translation>移动</translation>
  </message>
  <message>
   <source>grade</source>
   <translation>分级</translation>
  </message>
  <message>
   <source>question</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>joint</source>
   <translation>关节</translation>
  </message>
 </context>
 <context>
  <name>KeySheet</name>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>One share</source>
   <translation>一份</translation>
  </message>
  <message>
   <source>Another share</source>
   <translation>另一份</translation>
  </message>
  <message>
   <source>Recovery code</source>
   <translation>恢复码</translation>
  </message>
  <message>
   <source>Working on it …</source>
   <translation>正在处理……</translation>
  </message>
 </context>
 <context>
  <name>KindSheet</name>
  <message>
   <source>New recovery code</source>
   <translation>新恢复码</translation>
  </message>
  <message>
   <source>It opens the study when the administrator’s password is lost, and gives new keys, visibly. It is shown once, printed, and typed back from the paper: from then on the one before opens nothing.</source>
   <translation>管理员密码遗失时用它打开研究，并生成新密钥，全程留有记录。恢复码只显示一次，须打印并照纸回输；此后旧恢复码即失效。</translation>
  </message>
  <message>
   <source>Make the code</source>
   <translation>生成恢复码</translation>
  </message>
  <message>
   <source>The code that let you in is used up. Make a new one now, before somebody needs it.</source>
   <translation>您刚才使用的恢复码已失效。请现在生成新的，以备不时之需。</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>类型</translation>
  </message>
  <message>
   <source>One code, kept by one person or in a safe</source>
   <translation>一个恢复码，由一人保管或存入保险柜</translation>
  </message>
  <message>
   <source>Three shares for three persons, any two together do</source>
   <translation>三份由三人保管，任意两份可用</translation>
  </message>
 </context>
 <context>
  <name>Legend</name>
  <message>
   <source>Visit overdue</source>
   <translation>访视超期</translation>
  </message>
  <message>
   <source>Open query</source>
   <translation>未关闭质疑</translation>
  </message>
 </context>
 <context>
  <name>LetInSheet</name>
  <message>
   <source>Let in on this laptop</source>
   <translation>允许在本机使用</translation>
  </message>
  <message>
   <source>The person opens this file from now on, as {0}. The keys are countersigned when a bundle from here is merged where the study was set up; until then signatures read “valid, trust pending”.</source>
   <translation>此人从现在起可打开本文件，角色为{0}。待本机的数据包在建立研究的电脑上合并后，其密钥即获会签；此前其签名显示为“有效，信任待定”。</translation>
  </message>
  <message>
   <source>Let in</source>
   <translation>允许使用</translation>
  </message>
 </context>
 <context>
  <name>LevelList</name>
  <message>
   <source>Domain</source>
   <translation>领域</translation>
  </message>
  <message>
   <source>Pts</source>
   <translation>分</translation>
  </message>
  <message>
   <source>n/a</source>
   <translation>不计</translation>
  </message>
 </context>
 <context>
  <name>LevelPanel</name>
  <message>
   <source>weight {0}</source>
   <translation>权重{0}</translation>
  </message>
  <message>
   <source>Missing reason</source>
   <translation>缺失原因</translation>
  </message>
  <message>
   <source>Query</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史</translation>
  </message>
  <message>
   <source>was {0}</source>
   <translation>原为{0}</translation>
  </message>
  <message>
   <source>not entered yet</source>
   <translation>尚未录入</translation>
  </message>
  <message>
   <source>{0} ({1})</source>
   <translation>{0}（{1}）</translation>
  </message>
  <message>
   <source>no level implied</source>
   <translation>不提示级别</translation>
  </message>
  <message>
   <source>No laboratory value of this visit is known yet.</source>
   <translation>本次访视尚无化验结果。</translation>
  </message>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>No value reaches a level.</source>
   <translation>各值均未达到任何级别。</translation>
  </message>
  <message>
   <source>No other value reaches a level.</source>
   <translation>其余各值均未达到任何级别。</translation>
  </message>
  <message>
   <source>{0}. {1}</source>
   <translation>{0}。{1}</translation>
  </message>
  <message>
   <source>Not rated yet</source>
   <translation>尚未评级</translation>
  </message>
  <message>
   <source>Same</source>
   <translation>一致</translation>
  </message>
  <message>
   <source>Same as your choice</source>
   <translation>与您的选择一致</translation>
  </message>
  <message>
   <source>Differs</source>
   <translation>不一致</translation>
  </message>
  <message>
   <source>Differs from your choice</source>
   <translation>与您的选择不一致</translation>
  </message>
  <message>
   <source>Suggested: {0}</source>
   <translation>建议：{0}</translation>
  </message>
  <message>
   <source>No suggestion</source>
   <translation>暂无建议</translation>
  </message>
 </context>
 <context>
  <name>LevelTableBlock</name>
  <message>
   <source>Data of this visit</source>
   <translation>本次访视数据</translation>
  </message>
  <message>
   <source>, </source>
   <translation>、</translation>
  </message>
  <message>
   <source>Laboratory {0}</source>
   <translation>化验 {0}</translation>
  </message>
  <message>
   <source>Laboratory {0}, {1} days before the visit</source>
   <translation>化验 {0}（访视前{1}天）</translation>
  </message>
  <message>
   <source>Laboratory {0}, {1} days after the visit</source>
   <translation>化验 {0}（访视后{1}天）</translation>
  </message>
  <message>
   <source>Laboratory {0}, day of the visit</source>
   <translation>化验 {0}（访视当日）</translation>
  </message>
  <message>
   <source>Laboratory {0}, 1 day before the visit</source>
   <translation>化验 {0}（访视前1天）</translation>
  </message>
  <message>
   <source>Laboratory {0}, 1 day after the visit</source>
   <translation>化验 {0}（访视后1天）</translation>
  </message>
  <message>
   <source>{0}, {1}</source>
   <translation>{0}，{1}</translation>
  </message>
  <message>
   <source>{0}, no answer yet</source>
   <translation>{0}，尚未作答</translation>
  </message>
  <message>
   <source>{0}, {1}, {2} of {3}, {4} points</source>
   <translation>{0}，{1}，{2}级，最高{3}级，{4}分</translation>
  </message>
  <message>
   <source>{0} has no {1} level.</source>
   <translation>{0}没有“{1}”这一级别。</translation>
  </message>
  <message>
   <source>{0} has no level {1}.</source>
   <translation>{0}没有{1}级。</translation>
  </message>
  <message>
   <source>Not saved. Levels that exist: {0}.</source>
   <translation>未保存。可选级别：{0}。</translation>
  </message>
 </context>
 <context>
  <name>ListHead</name>
  <message>
   <source>Participant</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Sex, age</source>
   <translation>性别，年龄</translation>
  </message>
  <message>
   <source>Next visit</source>
   <translation>下次访视</translation>
  </message>
  <message>
   <source>Date and window</source>
   <translation>日期与窗口</translation>
  </message>
  <message>
   <source>Forms</source>
   <translation>表单</translation>
  </message>
  <message>
   <source>Queries</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>To sign</source>
   <translation>待签名</translation>
  </message>
 </context>
 <context>
  <name>Locking</name>
  <message>
   <source>Closing the study …</source>
   <translation>正在关闭研究……</translation>
  </message>
 </context>
 <context>
  <name>LogCard</name>
  <message>
   <source>The log</source>
   <translation>日志</translation>
  </message>
  <message>
   <source>Every entry verified last</source>
   <translation>最近一次全面核查</translation>
  </message>
  <message>
   <source>Something is not as it was written</source>
   <translation>有内容与写入时不符</translation>
  </message>
  <message>
   <source>Not yet on this laptop</source>
   <translation>本机尚未进行</translation>
  </message>
  <message>
   <source>{0}: all {1} entries whole</source>
   <translation>{0}：全部{1}条记录完好</translation>
  </message>
  <message>
   <source>See what was found</source>
   <translation>查看发现的问题</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Check every entry</source>
   <translation>核查全部记录</translation>
  </message>
  <message>
   <source>The clock was changed once</source>
   <translation>时钟被更改1次</translation>
  </message>
  <message>
   <source>The clock was changed {0} times</source>
   <translation>时钟被更改{0}次</translation>
  </message>
  <message>
   <source>The order of entries does not depend on it.</source>
   <translation>记录的先后顺序与此无关。</translation>
  </message>
 </context>
 <context>
  <name>LogWatch</name>
  <message>
   <source>Close the message</source>
   <translation>关闭提示</translation>
  </message>
  <message>
   <source>Restore a backup</source>
   <translation>恢复备份</translation>
  </message>
  <message>
   <source>Check every entry</source>
   <translation>核查全部记录</translation>
  </message>
  <message>
   <source>Check of the log</source>
   <translation>日志核查</translation>
  </message>
  <message>
   <source>The study can only be read.</source>
   <translation>研究仅可查阅。</translation>
  </message>
  <message>
   <source>See what was found</source>
   <translation>查看发现的问题</translation>
  </message>
  <message>
   <source>Entry goes on; signing, export and merging wait.</source>
   <translation>可继续录入；签名、导出与合并须等待。</translation>
  </message>
  <message>
   <source>Seen</source>
   <translation>已知悉</translation>
  </message>
 </context>
 <context>
  <name>LogWords</name>
  <message>
   <source>Checking the log … {0}</source>
   <translation>正在核查日志……{0}</translation>
  </message>
  <message>
   <source>about {0} left</source>
   <translation>约剩{0}</translation>
  </message>
  <message>
   <source>{0}, {1}</source>
   <translation>{0}，{1}</translation>
  </message>
  <message>
   <source>{0} d</source>
   <translation>{0}天</translation>
  </message>
  <message>
   <source>{0} h</source>
   <translation>{0}小时</translation>
  </message>
  <message>
   <source>{0} min</source>
   <translation>{0}分钟</translation>
  </message>
  <message>
   <source>{0} s</source>
   <translation>{0}秒</translation>
  </message>
  <message>
   <source>set forward by {0}</source>
   <translation>被调快{0}</translation>
  </message>
  <message>
   <source>set back by {0}</source>
   <translation>被调慢{0}</translation>
  </message>
  <message>
   <source>set back by at least {0}</source>
   <translation>被调慢至少{0}</translation>
  </message>
  <message>
   <source>The clock of this laptop was {0}. Entries carry the time it showed; their order does not depend on it.</source>
   <translation>本机时钟{0}。记录上的时间为时钟当时所示；记录的先后顺序与此无关。</translation>
  </message>
  <message>
   <source>this laptop</source>
   <translation>本机</translation>
  </message>
 </context>
 <context>
  <name>MachineCard</name>
  <message>
   <source>{0} min behind the last entry</source>
   <translation>比最后一次录入晚{0}分钟</translation>
  </message>
  <message>
   <source>Clock</source>
   <translation>时钟</translation>
  </message>
  <message>
   <source>not behind the last entry</source>
   <translation>不早于最后一次录入</translation>
  </message>
  <message>
   <source>Free disk</source>
   <translation>可用磁盘</translation>
  </message>
  <message>
   <source>Study folder</source>
   <translation>研究文件夹</translation>
  </message>
  <message>
   <source>can be written</source>
   <translation>可写入</translation>
  </message>
  <message>
   <source>can only be read</source>
   <translation>只读</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>内存</translation>
  </message>
  <message>
   <source>not protected from reading</source>
   <translation>未防止读取</translation>
  </message>
  <message>
   <source>Battery</source>
   <translation>电池</translation>
  </message>
  <message>
   <source>{0}, charging</source>
   <translation>{0}，充电中</translation>
  </message>
  <message>
   <source>Ready for the round</source>
   <translation>查房前检查</translation>
  </message>
  <message>
   <source>Checked {0}, on this machine</source>
   <translation>检查于{0}，本机</translation>
  </message>
  <message>
   <source>Visits due and unsigned forms appear after you unlock. Nothing about a participant is readable before.</source>
   <translation>解锁后显示应访视和未签名表单。解锁前无法读取任何受试者信息。</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Choose the study folder</source>
   <translation>选择研究文件夹</translation>
  </message>
  <message>
   <source>Unlocking</source>
   <translation>解锁</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>Close the message</source>
   <translation>关闭此信息</translation>
  </message>
  <message>
   <source>Choose another folder</source>
   <translation>选择其他文件夹</translation>
  </message>
  <message>
   <source>Lock now</source>
   <translation>立即锁定</translation>
  </message>
 </context>
 <context>
  <name>Making</name>
  <message>
   <source>It is made in a process of its own; you can stop it at any time.</source>
   <translation>在独立进程中生成；可随时停止。</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>It could not be made ({0}).</source>
   <translation>无法生成（{0}）。</translation>
  </message>
  <message>
   <source>The study is untouched, and no file was written.</source>
   <translation>研究数据未受影响，也未写入任何文件。</translation>
  </message>
  <message>
   <source>Make it again. If it fails again, report the word in brackets.</source>
   <translation>请重新生成；如再次失败，请报告括号中的词。</translation>
  </message>
  <message>
   <source>Make it again</source>
   <translation>重新生成</translation>
  </message>
  <message>
   <source>Back to the results</source>
   <translation>返回结果</translation>
  </message>
  <message>
   <source>Saved</source>
   <translation>已保存</translation>
  </message>
  <message>
   <source>This is not encrypted: keep it as the protocol says.</source>
   <translation>未加密：请按方案规定保管。</translation>
  </message>
 </context>
 <context>
  <name>MatrixModel</name>
  <message>
   <source>not asked</source>
   <translation>不填</translation>
  </message>
  <message>
   <source>Optional</source>
   <translation>可选</translation>
  </message>
  <message>
   <source>1 open query</source>
   <translation>1条未关闭质疑</translation>
  </message>
  <message>
   <source>{0} open queries</source>
   <translation>{0}条未关闭质疑</translation>
  </message>
 </context>
 <context>
  <name>MissSheet</name>
  <message>
   <source>This visit did not take place</source>
   <translation>本次访视未进行</translation>
  </message>
  <message>
   <source>Its forms are then not asked. It comes back when the visit is given a date.</source>
   <translation>其表单将不再要求填写；以后填入访视日期即可恢复。</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>原因</translation>
  </message>
  <message>
   <source>The visit and this reason go into the deviation log.</source>
   <translation>本次访视和原因将记入方案偏离记录。</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>暂不</translation>
  </message>
  <message>
   <source>Record it</source>
   <translation>记录</translation>
  </message>
  <message>
   <source>Not done</source>
   <translation>未做</translation>
  </message>
  <message>
   <source>Refused by participant or parent</source>
   <translation>受试者或家长拒绝</translation>
  </message>
  <message>
   <source>Did not come, not reached</source>
   <translation>未到访，联系不上</translation>
  </message>
  <message>
   <source>Not applicable</source>
   <translation>不适用</translation>
  </message>
 </context>
 <context>
  <name>Missing</name>
  <message>
   <source>Not done</source>
   <translation>未做</translation>
  </message>
  <message>
   <source>Not applicable</source>
   <translation>不适用</translation>
  </message>
  <message>
   <source>Unknown</source>
   <translation>不详</translation>
  </message>
  <message>
   <source>Refused</source>
   <translation>拒绝</translation>
  </message>
 </context>
 <context>
  <name>MissingMenu</name>
  <message>
   <source>Remark, if any (write it first)</source>
   <translation>备注（如有，请先填写）</translation>
  </message>
  <message>
   <source>A letter or one press stores the reason. Esc closes.</source>
   <translation>按字母键或点选即保存原因。Esc关闭。</translation>
  </message>
  <message>
   <source>No value: {0}</source>
   <translation>无数值：{0}</translation>
  </message>
 </context>
 <context>
  <name>NewPasswordSheet</name>
  <message>
   <source>New password: at least 15 characters, a sentence is best</source>
   <translation>新密码：至少15个字符，最好是一句话</translation>
  </message>
  <message>
   <source>The same password again</source>
   <translation>再次输入新密码</translation>
  </message>
  <message>
   <source>The two passwords differ.</source>
   <translation>两次输入的密码不同。</translation>
  </message>
  <message>
   <source>Hard to guess.</source>
   <translation>不易被猜到。</translation>
  </message>
 </context>
 <context>
  <name>OpenLines</name>
  <message>
   <source>not started</source>
   <translation>未开始</translation>
  </message>
  <message>
   <source>{0}: sign again</source>
   <translation>{0}：须重新签名</translation>
  </message>
  <message>
   <source>{0}: 1 open query</source>
   <translation>{0}：1条未关闭质疑</translation>
  </message>
  <message>
   <source>{0}: {1} open queries</source>
   <translation>{0}：{1}条未关闭质疑</translation>
  </message>
  <message>
   <source>Visits to sign</source>
   <translation>待签名访视</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
 </context>
 <context>
  <name>OptionPanel</name>
  <message>
   <source>Options</source>
   <translation>选项</translation>
  </message>
  <message>
   <source>What the registry leaves open. Change one to see what follows; nothing of it is stored.</source>
   <translation>注册信息未明确之处。可更改以查看影响；更改不会保存。</translation>
  </message>
  <message>
   <source>As registered</source>
   <translation>恢复注册方案</translation>
  </message>
 </context>
 <context>
  <name>OwnPasswordSheet</name>
  <message>
   <source>Change my password</source>
   <translation>更改我的密码</translation>
  </message>
  <message>
   <source>Keys, certificate and signatures stay as they are; nobody else is asked.</source>
   <translation>密钥、证书和签名保持不变；无需他人参与。</translation>
  </message>
  <message>
   <source>Change the password</source>
   <translation>更改密码</translation>
  </message>
  <message>
   <source>Password in use</source>
   <translation>当前密码</translation>
  </message>
 </context>
 <context>
  <name>PagesSheet</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
 </context>
 <context>
  <name>ParameterCard</name>
  <message>
   <source>Numbers of the protocol</source>
   <translation>方案参数</translation>
  </message>
  <message>
   <source>Used by rules from now on, as the ethics committee or the sponsor asks of this site.</source>
   <translation>自设定之时起用于核查规则，按伦理委员会或申办方对本中心的要求设定。</translation>
  </message>
 </context>
 <context>
  <name>ParticipantDelegate</name>
  <message>
   <source>All visits signed</source>
   <translation>访视均已签名</translation>
  </message>
  <message>
   <source>{0} of {1}</source>
   <translation>{0}/{1}</translation>
  </message>
 </context>
 <context>
  <name>ParticipantList</name>
  <message>
   <source>{0} y</source>
   <translation>{0}岁</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>不详</translation>
  </message>
  <message>
   <source>last visit</source>
   <translation>末次访视</translation>
  </message>
 </context>
 <context>
  <name>ParticipantPage</name>
  <message>
   <source>New unscheduled visit</source>
   <translation>新增计划外访视</translation>
  </message>
  <message>
   <source>Change the date of {0}</source>
   <translation>更改{0}的日期</translation>
  </message>
  <message>
   <source>Start {0}</source>
   <translation>开始{0}</translation>
  </message>
  <message>
   <source>{0} did not take place</source>
   <translation>{0}未进行</translation>
  </message>
  <message>
   <source>Casebook: everything of this participant</source>
   <translation>病例全册：该受试者的全部内容</translation>
  </message>
  <message>
   <source>Blank forms of {0}</source>
   <translation>{0}的空白表单</translation>
  </message>
  <message>
   <source>Summary of {0}</source>
   <translation>{0}的访视小结</translation>
  </message>
  <message>
   <source>Audit trail of this participant</source>
   <translation>该受试者的稽查轨迹</translation>
  </message>
  <message>
   <source>Course and schedule</source>
   <translation>病程与访视表</translation>
  </message>
  <message>
   <source>Course</source>
   <translation>病程</translation>
  </message>
  <message>
   <source>Not tied to a visit</source>
   <translation>不属于某次访视</translation>
  </message>
  <message>
   <source>Sign 1 visit</source>
   <translation>签署1次访视</translation>
  </message>
  <message>
   <source>Sign {0} visits</source>
   <translation>签署{0}次访视</translation>
  </message>
  <message>
   <source>Print</source>
   <translation>打印</translation>
  </message>
  <message>
   <source>Signed PDF</source>
   <translation>已签名PDF</translation>
  </message>
  <message>
   <source>Visit</source>
   <translation>访视</translation>
  </message>
  <message>
   <source>Open {0}</source>
   <translation>打开{0}</translation>
  </message>
  <message>
   <source>Continue {0}</source>
   <translation>继续{0}</translation>
  </message>
  <message>
   <source>{0} {1}</source>
   <translation>{1}{0}次</translation>
  </message>
  <message>
   <source>window of {0}: {1}</source>
   <translation>{0}窗口：{1}</translation>
  </message>
  <message>
   <source>{0} of {1} forms complete</source>
   <translation>表单已完成{0}/{1}</translation>
  </message>
  <message>
   <source>Nothing is open.</source>
   <translation>没有未完成事项。</translation>
  </message>
  <message>
   <source>No visit has begun. Start one to open its forms.</source>
   <translation>访视尚未开始。开始后即可打开其表单。</translation>
  </message>
  <message>
   <source>Open now</source>
   <translation>待办</translation>
  </message>
 </context>
 <context>
  <name>PasswordField</name>
  <message>
   <source>Show</source>
   <translation>显示</translation>
  </message>
  <message>
   <source>Hide</source>
   <translation>隐藏</translation>
  </message>
  <message>
   <source>Show password</source>
   <translation>显示密码</translation>
  </message>
  <message>
   <source>Hide password</source>
   <translation>隐藏密码</translation>
  </message>
 </context>
 <context>
  <name>PasswordSheet</name>
  <message>
   <source>The person types the password here. Nobody can read it later, and nobody else should know it.</source>
   <translation>请由本人在此输入密码。此后任何人都无法读取，也不应让他人知道。</translation>
  </message>
  <message>
   <source>New password, at least 15 characters</source>
   <translation>新密码，至少15个字符</translation>
  </message>
  <message>
   <source>The same password again</source>
   <translation>再次输入相同密码</translation>
  </message>
  <message>
   <source>How you identified the person (staff card, known in person …)</source>
   <translation>如何核实身份（工作证、本人相识……）</translation>
  </message>
  <message>
   <source>The two passwords differ.</source>
   <translation>两次输入的密码不同。</translation>
  </message>
  <message>
   <source>Hard to guess.</source>
   <translation>不易被猜中。</translation>
  </message>
 </context>
 <context>
  <name>PdfView</name>
  <message>
   <source>Page {0} of {1}</source>
   <translation>第{0}页，共{1}页</translation>
  </message>
  <message>
   <source>read to the end</source>
   <translation>已读完</translation>
  </message>
  <message>
   <source>{0} still to read</source>
   <translation>尚有{0}页未读</translation>
  </message>
  <message>
   <source>Fit width</source>
   <translation>适合宽度</translation>
  </message>
  <message>
   <source>Smaller</source>
   <translation>缩小</translation>
  </message>
  <message>
   <source>Larger</source>
   <translation>放大</translation>
  </message>
  <message>
   <source>Drawing the page</source>
   <translation>正在绘制页面</translation>
  </message>
 </context>
 <context>
  <name>PeopleActs</name>
  <message>
   <source>Let in on this laptop</source>
   <translation>允许在本机使用</translation>
  </message>
  <message>
   <source>Take entries from another laptop</source>
   <translation>接纳另一台电脑的记录</translation>
  </message>
  <message>
   <source>Close what is left here</source>
   <translation>清除本机残留</translation>
  </message>
  <message>
   <source>Close account</source>
   <translation>停用账户</translation>
  </message>
  <message>
   <source>Change role</source>
   <translation>更改角色</translation>
  </message>
  <message>
   <source>New password and keys</source>
   <translation>新密码与新密钥</translation>
  </message>
  <message>
   <source>Add a person</source>
   <translation>添加人员</translation>
  </message>
  <message>
   <source>New data key</source>
   <translation>更换数据密钥</translation>
  </message>
  <message>
   <source>Save the list</source>
   <translation>保存名单</translation>
  </message>
  <message>
   <source>Saved</source>
   <translation>已保存</translation>
  </message>
  <message>
   <source>It names people and is not encrypted: keep it as the protocol says.</source>
   <translation>名单含人员姓名且未加密，请按方案要求保管。</translation>
  </message>
  <message>
   <source>Back to the list</source>
   <translation>返回名单</translation>
  </message>
 </context>
 <context>
  <name>PeopleCard</name>
  <message>
   <source>People</source>
   <translation>人员</translation>
  </message>
  <message>
   <source>certificate not countersigned yet</source>
   <translation>证书尚未会签</translation>
  </message>
  <message>
   <source>Authorised persons</source>
   <translation>授权人员</translation>
  </message>
 </context>
 <context>
  <name>PeoplePage</name>
  <message>
   <source>This is no date. Type it as year-month-day: 2026-11-22.</source>
   <translation>日期无效。请按年-月-日输入：2026-11-22。</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Authorised persons</source>
   <translation>授权人员</translation>
  </message>
  <message>
   <source>On a past day</source>
   <translation>过去某日</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>显示</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>现在</translation>
  </message>
  <message>
   <source>Back to the study</source>
   <translation>返回研究</translation>
  </message>
  <message>
   <source>Save list as PDF</source>
   <translation>名单存为PDF</translation>
  </message>
  <message>
   <source>Add a person</source>
   <translation>添加人员</translation>
  </message>
  <message>
   <source>Nobody was authorised on that day.</source>
   <translation>当日无授权人员。</translation>
  </message>
  <message>
   <source>As it was on {0}, read from the log</source>
   <translation>{0}的名单，读自日志</translation>
  </message>
  <message>
   <source>Read from the log. Accounts are made where the study was set up; choose a person to let in</source>
   <translation>由日志读出。账户在建立研究的电脑上创建；选择人员即可允许其在本机使用</translation>
  </message>
  <message>
   <source>Read from the log. Read-only: an administrator makes and ends accounts</source>
   <translation>读自日志。只读：账户由管理员建立和停用</translation>
  </message>
  <message>
   <source>Read from the log. Every account is one person’s; whatever you do here stays in the record</source>
   <translation>读自日志。一个账户只属于一个人；此处的操作均会留下记录</translation>
  </message>
 </context>
 <context>
  <name>PeopleTable</name>
  <message>
   <source>Authorised persons</source>
   <translation>授权人员</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>人员</translation>
  </message>
  <message>
   <source>Role</source>
   <translation>角色</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Last log-in</source>
   <translation>最近登录</translation>
  </message>
  <message>
   <source>since {0}</source>
   <translation>自{0}起</translation>
  </message>
  <message>
   <source>has no password on this file</source>
   <translation>在本文件中没有密码</translation>
  </message>
 </context>
 <context>
  <name>PersonSheet</name>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
 </context>
 <context>
  <name>Places</name>
  <message>
   <source>Starting the visit</source>
   <translation>开始访视</translation>
  </message>
  <message>
   <source>New participant</source>
   <translation>新增受试者</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
 </context>
 <context>
  <name>Previous</name>
  <message>
   <source>{0}: {1}</source>
   <translation>{0}：{1}</translation>
  </message>
  <message>
   <source>{0}, 1 day before</source>
   <translation>{0}，1天前</translation>
  </message>
  <message>
   <source>{0}, {1} days before</source>
   <translation>{0}，{1}天前</translation>
  </message>
 </context>
 <context>
  <name>PrintSheet</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Save PDF…</source>
   <translation>保存PDF…</translation>
  </message>
  <message>
   <source>Print…</source>
   <translation>打印…</translation>
  </message>
  <message>
   <source>The pages could not be drawn ({0}). Close, and make it again.</source>
   <translation>无法显示页面（{0}）。请关闭后重新生成。</translation>
  </message>
  <message>
   <source>Print</source>
   <translation>打印</translation>
  </message>
  <message>
   <source>This computer knows no printer. Save the PDF and print it elsewhere, or connect one.</source>
   <translation>本机没有可用的打印机。请保存PDF后在别处打印，或连接打印机。</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>重新查找</translation>
  </message>
  <message>
   <source>On its way to the printer: page {0} of {1}</source>
   <translation>正在送往打印机：第{0}页，共{1}页</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Stopped after page {0} of {1}. What was drawn may still come out: look at the printer.</source>
   <translation>已在第{0}页后停止，共{1}页。已送出的页面仍可能印出：请查看打印机。</translation>
  </message>
  <message>
   <source>1 page went to the printer.</source>
   <translation>已送出1页到打印机。</translation>
  </message>
  <message>
   <source>{0} pages went to the printer.</source>
   <translation>已送出{0}页到打印机。</translation>
  </message>
  <message>
   <source>A print queue may keep what it printed.</source>
   <translation>打印队列可能留存所印内容。</translation>
  </message>
  <message>
   <source>The printer stopped after page {0} of {1}. Look at what came out, then print from page {2}.</source>
   <translation>打印机在第{0}页后停止，共{1}页。请查看已印出的页面，再从第{2}页起打印。</translation>
  </message>
  <message>
   <source>Save the PDF</source>
   <translation>保存PDF</translation>
  </message>
  <message>
   <source>Saved: {0}</source>
   <translation>已保存：{0}</translation>
  </message>
  <message>
   <source>It is not encrypted: keep it as the protocol says.</source>
   <translation>文件未加密：请按方案要求保管。</translation>
  </message>
 </context>
 <context>
  <name>ProblemSheet</name>
  <message>
   <source>The program failed ({0}).</source>
   <translation>程序出错（{0}）。</translation>
  </message>
  <message>
   <source>Everything saved so far. Nothing more is written until you unlock again.</source>
   <translation>此前保存的内容均已保留。重新解锁前不再写入。</translation>
  </message>
  <message>
   <source>Lock and unlock to go on. Please report the word in brackets.</source>
   <translation>请锁定后重新解锁，并报告括号中的词。</translation>
  </message>
  <message>
   <source>This password does not open the study</source>
   <translation>此密码无法打开研究</translation>
  </message>
  <message>
   <source>This user is not in the study</source>
   <translation>研究中没有此用户</translation>
  </message>
  <message>
   <source>The key file is damaged</source>
   <translation>密钥文件已损坏</translation>
  </message>
  <message>
   <source>An older key file was put back</source>
   <translation>密钥文件被换回旧版</translation>
  </message>
  <message>
   <source>The data file is damaged</source>
   <translation>数据文件已损坏</translation>
  </message>
  <message>
   <source>There is no study here</source>
   <translation>此处没有研究</translation>
  </message>
  <message>
   <source>A newer version made this study</source>
   <translation>此研究由更新版本创建</translation>
  </message>
  <message>
   <source>This study is already open</source>
   <translation>此研究已被打开</translation>
  </message>
  <message>
   <source>The study can only be read</source>
   <translation>此研究只读</translation>
  </message>
  <message>
   <source>The disk is full</source>
   <translation>磁盘已满</translation>
  </message>
  <message>
   <source>The disk did not take the entry</source>
   <translation>磁盘未能写入</translation>
  </message>
  <message>
   <source>Entries are missing at the end</source>
   <translation>末尾的记录缺失</translation>
  </message>
  <message>
   <source>Entries may be missing</source>
   <translation>可能缺少记录</translation>
  </message>
  <message>
   <source>The file is not as it was written</source>
   <translation>文件与写入时不符</translation>
  </message>
  <message>
   <source>The form is not complete yet</source>
   <translation>表单尚未填完</translation>
  </message>
  <message>
   <source>Your role may not do this</source>
   <translation>您的角色无权执行</translation>
  </message>
  <message>
   <source>Another user’s name</source>
   <translation>用户名不是当前用户</translation>
  </message>
  <message>
   <source>The program made a mistake</source>
   <translation>程序出错</translation>
  </message>
  <message>
   <source>This could not be done</source>
   <translation>无法执行</translation>
  </message>
  <message>
   <source>What happened</source>
   <translation>发生了什么</translation>
  </message>
  <message>
   <source>What is kept</source>
   <translation>保留了什么</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>怎么办</translation>
  </message>
 </context>
 <context>
  <name>ProfileCard</name>
  <message>
   <source>Laboratory profile</source>
   <translation>实验室配置</translation>
  </message>
  <message>
   <source>The unit of a field that has no answer yet, as this site’s laboratory reports it. Values are stored as typed and converted exactly; answers already given stay as they are. A limit of normal is shown beside its field and never filled in.</source>
   <translation>尚未作答的栏目所用单位，按本中心实验室报告单设定。数值按录入原样保存并精确换算；已作答的内容不变。正常值界限仅显示于栏目旁，不会自动填入。</translation>
  </message>
  <message>
   <source>Unit</source>
   <translation>单位</translation>
  </message>
  <message>
   <source>Limit of normal</source>
   <translation>正常值界限</translation>
  </message>
  <message>
   <source>Unit, {0}</source>
   <translation>单位，{0}</translation>
  </message>
 </context>
 <context>
  <name>ProfileSheet</name>
  <message>
   <source>Change of the site’s profile</source>
   <translation>更改本中心配置</translation>
  </message>
  <message>
   <source>It holds from now on; answers already given stay as they are. Why does it change?</source>
   <translation>自现在起生效；已作答的内容不变。为何更改？</translation>
  </message>
  <message>
   <source>Go on changing</source>
   <translation>继续修改</translation>
  </message>
  <message>
   <source>Store the profile</source>
   <translation>保存配置</translation>
  </message>
  <message>
   <source>As the laboratory reports</source>
   <translation>按实验室报告单</translation>
  </message>
  <message>
   <source>New certificate of the laboratory</source>
   <translation>实验室新证书</translation>
  </message>
  <message>
   <source>Asked by sponsor or ethics committee</source>
   <translation>申办方或伦理委员会要求</translation>
  </message>
  <message>
   <source>It was set wrongly</source>
   <translation>此前设定有误</translation>
  </message>
  <message>
   <source>Another reason</source>
   <translation>其他原因</translation>
  </message>
 </context>
 <context>
  <name>Query</name>
  <message>
   <source>Proposed</source>
   <translation>拟提出</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>待答复</translation>
  </message>
  <message>
   <source>Answered</source>
   <translation>已答复</translation>
  </message>
  <message>
   <source>Closed</source>
   <translation>已关闭</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>已取消</translation>
  </message>
  <message>
   <source>Decided</source>
   <translation>已裁定</translation>
  </message>
  <message>
   <source>asked</source>
   <translation>提出质疑</translation>
  </message>
  <message>
   <source>kept the value with a reason</source>
   <translation>说明理由后保留该值</translation>
  </message>
  <message>
   <source>took in the entries of another laptop</source>
   <translation>合并了另一台电脑的记录</translation>
  </message>
  <message>
   <source>answered</source>
   <translation>答复</translation>
  </message>
  <message>
   <source>closed</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>asked again</source>
   <translation>再次质疑</translation>
  </message>
  <message>
   <source>decided</source>
   <translation>裁定</translation>
  </message>
  <message>
   <source>Send query</source>
   <translation>发出质疑</translation>
  </message>
  <message>
   <source>Send answer</source>
   <translation>提交答复</translation>
  </message>
  <message>
   <source>Close query</source>
   <translation>关闭质疑</translation>
  </message>
  <message>
   <source>Cancel query</source>
   <translation>取消质疑</translation>
  </message>
  <message>
   <source>Ask again</source>
   <translation>再次质疑</translation>
  </message>
  <message>
   <source>Decide, with reason</source>
   <translation>说明理由并裁定</translation>
  </message>
  <message>
   <source>What should the site confirm or correct?</source>
   <translation>请研究中心确认或更正什么？</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>答复</translation>
  </message>
  <message>
   <source>Reason for the decision</source>
   <translation>裁定理由</translation>
  </message>
  <message>
   <source>What is still open?</source>
   <translation>还有什么问题？</translation>
  </message>
  <message>
   <source>Remark (needed to ask again or to cancel)</source>
   <translation>备注（再次质疑或取消时必填）</translation>
  </message>
  <message>
   <source>Two laptops changed this answer at once.</source>
   <translation>两台电脑同时修改了该答案。</translation>
  </message>
  <message>
   <source>whole form</source>
   <translation>整张表单</translation>
  </message>
  <message>
   <source>visit date</source>
   <translation>访视日期</translation>
  </message>
  <message>
   <source>{0} ({1})</source>
   <translation>{0}（{1}）</translation>
  </message>
  <message>
   <source>investigator</source>
   <translation>研究者</translation>
  </message>
  <message>
   <source>coordinator</source>
   <translation>研究协调员</translation>
  </message>
  <message>
   <source>monitor</source>
   <translation>监查员</translation>
  </message>
  <message>
   <source>data manager</source>
   <translation>数据管理员</translation>
  </message>
  <message>
   <source>administrator</source>
   <translation>系统管理员</translation>
  </message>
  <message>
   <source>today</source>
   <translation>今天</translation>
  </message>
  <message>
   <source>1 day</source>
   <translation>1天</translation>
  </message>
  <message>
   <source>{0} days</source>
   <translation>{0}天</translation>
  </message>
 </context>
 <context>
  <name>QueryHead</name>
  <message>
   <source>Participant</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Visit, form</source>
   <translation>访视、表单</translation>
  </message>
  <message>
   <source>Item</source>
   <translation>条目</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Age</source>
   <translation>时长</translation>
  </message>
  <message>
   <source>Query</source>
   <translation>质疑内容</translation>
  </message>
 </context>
 <context>
  <name>QueryLine</name>
  <message>
   <source>1 query for you</source>
   <translation>1条质疑待您处理</translation>
  </message>
  <message>
   <source>{0} queries for you</source>
   <translation>{0}条质疑待您处理</translation>
  </message>
  <message>
   <source>oldest: {0}, {1}</source>
   <translation>最久：{0}，{1}</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>打开</translation>
  </message>
 </context>
 <context>
  <name>QueryPage</name>
  <message>
   <source>1 not closed yet</source>
   <translation>1条尚未关闭</translation>
  </message>
  <message>
   <source>{0} not closed yet</source>
   <translation>{0}条尚未关闭</translation>
  </message>
  <message>
   <source>oldest: {0}, {1}</source>
   <translation>最久：{0}，{1}</translation>
  </message>
  <message>
   <source>None is open</source>
   <translation>没有未关闭的质疑</translation>
  </message>
  <message>
   <source>Queries</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>Number, form or words</source>
   <translation>编号、表单或文字</translation>
  </message>
  <message>
   <source>All</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>For you</source>
   <translation>待您处理</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>待答复</translation>
  </message>
  <message>
   <source>Answered</source>
   <translation>已答复</translation>
  </message>
  <message>
   <source>Closed</source>
   <translation>已关闭</translation>
  </message>
  <message>
   <source>Yours</source>
   <translation>您参与的</translation>
  </message>
  <message>
   <source>No query here</source>
   <translation>此处没有质疑</translation>
  </message>
  <message>
   <source>No query yet</source>
   <translation>尚无质疑</translation>
  </message>
  <message>
   <source>No open queries</source>
   <translation>没有未关闭的质疑</translation>
  </message>
  <message>
   <source>A query asks the site to confirm or correct one value. Raised with Q on any field.</source>
   <translation>质疑请研究中心确认或更正某个值。在任一条目按Q提出。</translation>
  </message>
  <message>
   <source>Go to participants</source>
   <translation>前往受试者列表</translation>
  </message>
  <message>
   <source>Show all queries</source>
   <translation>显示全部质疑</translation>
  </message>
  <message>
   <source>Show closed queries</source>
   <translation>显示已关闭的质疑</translation>
  </message>
 </context>
 <context>
  <name>QuerySheet</name>
  <message>
   <source>Query on {0}</source>
   <translation>质疑：{0}</translation>
  </message>
  <message>
   <source>No query on {0}</source>
   <translation>无质疑：{0}</translation>
  </message>
  <message>
   <source>{0} of {1}</source>
   <translation>第{0}条，共{1}条</translation>
  </message>
  <message>
   <source>Next query</source>
   <translation>下一条</translation>
  </message>
  <message>
   <source>New query</source>
   <translation>新质疑</translation>
  </message>
  <message>
   <source>Earlier queries</source>
   <translation>已有质疑</translation>
  </message>
  <message>
   <source>A monitor or a data manager raises queries; overriding a check raises one by itself.</source>
   <translation>质疑由监查员或数据管理员提出；核查提示后仍保留的值会自动产生质疑。</translation>
  </message>
  <message>
   <source>Your role may keep the value that is shown. Another one is for the site to choose.</source>
   <translation>您的角色可保留当前显示的值；选择另一个值须由研究中心决定。</translation>
  </message>
  <message>
   <source>Ctrl+Enter sends</source>
   <translation>Ctrl+Enter 提交</translation>
  </message>
  <message>
   <source>Back to the list</source>
   <translation>返回列表</translation>
  </message>
  <message>
   <source>Back to the field</source>
   <translation>返回条目</translation>
  </message>
 </context>
 <context>
  <name>QueryThread</name>
  <message>
   <source>Two versions of this answer met. The later one is shown.</source>
   <translation>该答案存在两个版本，目前显示较晚者。</translation>
  </message>
 </context>
 <context>
  <name>QuestionRows</name>
  <message>
   <source>Remove reason</source>
   <translation>撤销缺失</translation>
  </message>
  <message>
   <source>Missing reason</source>
   <translation>缺失原因</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史</translation>
  </message>
  <message>
   <source>Query</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>was {0}</source>
   <translation>原为{0}</translation>
  </message>
 </context>
 <context>
  <name>ReadingCard</name>
  <message>
   <source>Strip fell out: restart</source>
   <translation>试纸脱落：重新计时</translation>
  </message>
 </context>
 <context>
  <name>ReadyCard</name>
  <message>
   <source>Clock, disk, study folder</source>
   <translation>时钟、磁盘、研究文件夹</translation>
  </message>
  <message>
   <source>as they should be</source>
   <translation>均正常</translation>
  </message>
  <message>
   <source>Ready check</source>
   <translation>就绪检查</translation>
  </message>
  <message>
   <source>No printer found</source>
   <translation>未找到打印机</translation>
  </message>
  <message>
   <source>paper can be saved as a PDF</source>
   <translation>纸质表单可另存为PDF</translation>
  </message>
  <message>
   <source>Printer found</source>
   <translation>已找到打印机</translation>
  </message>
  <message>
   <source>{0} printers found</source>
   <translation>已找到{0}台打印机</translation>
  </message>
  <message>
   <source>chosen when you print</source>
   <translation>打印时选择</translation>
  </message>
 </context>
 <context>
  <name>ReasonSheet</name>
  <message>
   <source>In words (needed for another reason)</source>
   <translation>文字说明（选“其他原因”时必填）</translation>
  </message>
  <message>
   <source>Reason in words</source>
   <translation>原因说明</translation>
  </message>
  <message>
   <source>Change of a stored answer</source>
   <translation>更改已保存的答案</translation>
  </message>
  <message>
   <source>The former answer stays in the record. Why does it change?</source>
   <translation>原答案保留在记录中。为何更改？</translation>
  </message>
  <message>
   <source>Keep the former answer</source>
   <translation>保留原答案</translation>
  </message>
  <message>
   <source>Store the change</source>
   <translation>保存更改</translation>
  </message>
  <message>
   <source>Typing or transcription error</source>
   <translation>录入或转录错误</translation>
  </message>
  <message>
   <source>The source was corrected</source>
   <translation>源数据已更正</translation>
  </message>
  <message>
   <source>New information</source>
   <translation>新信息</translation>
  </message>
  <message>
   <source>Assessed again</source>
   <translation>重新评估</translation>
  </message>
  <message>
   <source>Another reason</source>
   <translation>其他原因</translation>
  </message>
 </context>
 <context>
  <name>RecordsModel</name>
  <message>
   <source>No.</source>
   <translation>编号</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
 </context>
 <context>
  <name>RecordsPage</name>
  <message>
   <source>Add {0}</source>
   <translation>添加{0}</translation>
  </message>
  <message>
   <source>Nothing recorded</source>
   <translation>尚无记录</translation>
  </message>
  <message>
   <source>Schedule</source>
   <translation>日程</translation>
  </message>
  <message>
   <source>record</source>
   <translation>记录</translation>
  </message>
  <message>
   <source>open</source>
   <translation>打开</translation>
  </message>
 </context>
 <context>
  <name>RecoverSheet</name>
  <message>
   <source>Opening by the recovery code</source>
   <translation>用恢复码打开</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>I have a recovery code</source>
   <translation>我有恢复码</translation>
  </message>
  <message>
   <source>It makes a new password, new keys and a new certificate, and says so in the record. The former keys end; what was signed with them stays valid. The code is used up.</source>
   <translation>将生成新密码、新密钥和新证书，并记入日志。原密钥失效；此前的签名仍然有效。恢复码用后作废。</translation>
  </message>
  <message>
   <source>Open the study</source>
   <translation>打开研究</translation>
  </message>
  <message>
   <source>User</source>
   <translation>用户</translation>
  </message>
 </context>
 <context>
  <name>RepeatTableBlock</name>
  <message>
   <source>Nothing entered yet.</source>
   <translation>尚未填写。</translation>
  </message>
  <message>
   <source>Add a line</source>
   <translation>添加一行</translation>
  </message>
  <message>
   <source>Missing reason</source>
   <translation>缺失原因</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Remove row {0}</source>
   <translation>删除第{0}行</translation>
  </message>
  <message>
   <source>Row {0}, {1}</source>
   <translation>第{0}行，{1}</translation>
  </message>
  <message>
   <source>Remove reason</source>
   <translation>撤销缺失</translation>
  </message>
  <message>
   <source>Open query</source>
   <translation>未关闭质疑</translation>
  </message>
 </context>
 <context>
  <name>ResetSheet</name>
  <message>
   <source>New password and keys</source>
   <translation>新密码与新密钥</translation>
  </message>
  <message>
   <source>The former password, log key and signing key end and cannot be brought back. New certificates are made, and the list says so. What was signed before stays valid as signed then. The study gets a new data key.</source>
   <translation>原密码、日志密钥和签名密钥随即作废且无法恢复。将签发新证书，并在名单中注明。此前的签名仍按当时状态有效。研究将更换数据密钥。</translation>
  </message>
  <message>
   <source>Make new keys</source>
   <translation>生成新密钥</translation>
  </message>
 </context>
 <context>
  <name>Response</name>
  <message>
   <source>Shown when the {0} page of {1} is complete.</source>
   <translation>{1}的{0}表单完成后显示。</translation>
  </message>
  <message>
   <source>Shown when {0} of {1} are complete.</source>
   <translation>{1}的{0}表单均完成后显示。</translation>
  </message>
  <message>
   <source>{0} and {1}</source>
   <translation>{0}和{1}</translation>
  </message>
  <message>
   <source>Primary, as registered: at least {0} of {1}</source>
   <translation>主要终点（按注册文本）：{1}项中至少{0}项</translation>
  </message>
  <message>
   <source>Primary, under this option: at least {0} of {1}</source>
   <translation>主要终点（按此选项）：{1}项中至少{0}项</translation>
  </message>
  <message>
   <source>Sensitivity: at least {0} of {1}</source>
   <translation>敏感性分析：{1}项中至少{0}项</translation>
  </message>
  <message>
   <source>Registry wording, &gt;5 points: not decided.</source>
   <translation>按注册文本（大于5分）：不能定论。</translation>
  </message>
  <message>
   <source>Registry wording, &gt;5 points: responder.</source>
   <translation>按注册文本（大于5分）：应答。</translation>
  </message>
  <message>
   <source>Registry wording, &gt;5 points: non-responder.</source>
   <translation>按注册文本（大于5分）：无应答。</translation>
  </message>
  <message>
   <source>Improved</source>
   <translation>改善</translation>
  </message>
  <message>
   <source>Not improved</source>
   <translation>未改善</translation>
  </message>
  <message>
   <source>options as registered</source>
   <translation>选项按注册文本</translation>
  </message>
  <message>
   <source>Not evaluable</source>
   <translation>无法评价</translation>
  </message>
  <message>
   <source>Met</source>
   <translation>达到</translation>
  </message>
  <message>
   <source>Not met</source>
   <translation>未达到</translation>
  </message>
  <message>
   <source>Not shown yet</source>
   <translation>暂不显示</translation>
  </message>
  <message>
   <source>Not done</source>
   <translation>未做</translation>
  </message>
  <message>
   <source>Not applicable</source>
   <translation>不适用</translation>
  </message>
  <message>
   <source>Unknown</source>
   <translation>不详</translation>
  </message>
  <message>
   <source>Refused</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <source>No visit</source>
   <translation>无访视</translation>
  </message>
  <message>
   <source>Missed</source>
   <translation>访视未进行</translation>
  </message>
  <message>
   <source>Incomplete</source>
   <translation>不完整</translation>
  </message>
  <message>
   <source>Not asked</source>
   <translation>未询问</translation>
  </message>
  <message>
   <source>After IVIG</source>
   <translation>IVIG后</translation>
  </message>
  <message>
   <source>No entry</source>
   <translation>未填写</translation>
  </message>
 </context>
 <context>
  <name>ResponseButton</name>
  <message>
   <source>Response at week 28</source>
   <translation>第28周应答</translation>
  </message>
  <message>
   <source>Response: waits for 1 page</source>
   <translation>应答：等待1张表单</translation>
  </message>
  <message>
   <source>Response: waits for {0} pages</source>
   <translation>应答：等待{0}张表单</translation>
  </message>
  <message>
   <source>Response: stopped early</source>
   <translation>应答：已提前终止</translation>
  </message>
  <message>
   <source>Response: week 28 missed</source>
   <translation>应答：第28周未进行</translation>
  </message>
  <message>
   <source>Response: {0} of {1} met</source>
   <translation>应答：{1}项中达到{0}项</translation>
  </message>
 </context>
 <context>
  <name>ResponsePage</name>
  <message>
   <source>Schedule</source>
   <translation>日程</translation>
  </message>
  <message>
   <source>Response at week 28</source>
   <translation>第28周应答</translation>
  </message>
  <message>
   <source>back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>item</source>
   <translation>条目</translation>
  </message>
  <message>
   <source>open its page</source>
   <translation>打开其表单</translation>
  </message>
  <message>
   <source>thresholds inclusive, exact arithmetic</source>
   <translation>阈值含等号，精确运算</translation>
  </message>
  <message>
   <source>Week 28 against week 0</source>
   <translation>第28周与第0周比较</translation>
  </message>
  <message>
   <source>Stopped early: there is no week 28</source>
   <translation>已提前终止，无第28周访视</translation>
  </message>
  <message>
   <source>Week 28 did not take place</source>
   <translation>第28周访视未进行</translation>
  </message>
  <message>
   <source>waits for 1 page</source>
   <translation>等待1张表单</translation>
  </message>
  <message>
   <source>waits for {0} pages</source>
   <translation>等待{0}张表单</translation>
  </message>
  <message>
   <source>met</source>
   <translation>达到</translation>
  </message>
  <message>
   <source>not met</source>
   <translation>未达到</translation>
  </message>
  <message>
   <source>not evaluable</source>
   <translation>无法评价</translation>
  </message>
  <message>
   <source>Change from week 0</source>
   <translation>较第0周的变化</translation>
  </message>
  <message>
   <source>Nothing in these data limits the result.</source>
   <translation>这些数据中没有影响结果解读的问题。</translation>
  </message>
  <message>
   <source>To know about these data</source>
   <translation>关于这些数据须知</translation>
  </message>
  <message>
   <source>not begun</source>
   <translation>尚未开始</translation>
  </message>
  <message>
   <source>Early termination, reported separately · {0}</source>
   <translation>提前终止（单独报告） · {0}</translation>
  </message>
  <message>
   <source>No rituximab was given</source>
   <translation>未给予利妥昔单抗</translation>
  </message>
  <message>
   <source>The response is worked out for those who had at least one dose.</source>
   <translation>仅对至少用药一次的受试者计算应答。</translation>
  </message>
  <message>
   <source>Earlier ratings stay hidden until then.</source>
   <translation>在此之前不显示既往评分。</translation>
  </message>
  <message>
   <source>Week 28 has not begun</source>
   <translation>第28周访视尚未开始</translation>
  </message>
  <message>
   <source>Start {0}</source>
   <translation>开始{0}</translation>
  </message>
  <message>
   <source>Its date follows from the day of the first dose.</source>
   <translation>其日期由首次用药日推算。</translation>
  </message>
 </context>
 <context>
  <name>ResponseRows</name>
  <message>
   <source>Item and rule</source>
   <translation>条目与规则</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>依据</translation>
  </message>
 </context>
 <context>
  <name>RestoreByCodeSheet</name>
  <message>
   <source>Restore by the recovery code</source>
   <translation>使用恢复码恢复</translation>
  </message>
  <message>
   <source>A new study folder is made, with a new password, new keys and a new certificate for this account, and the record says so. The code is used up there.</source>
   <translation>将新建一个研究文件夹，为此账户设置新密码、新密钥和新证书，并记入稽查轨迹。恢复码在新文件夹中即告失效。</translation>
  </message>
  <message>
   <source>Restore and open</source>
   <translation>恢复并打开</translation>
  </message>
 </context>
 <context>
  <name>RestoreSheet</name>
  <message>
   <source>Restore from a backup</source>
   <translation>从备份恢复</translation>
  </message>
  <message>
   <source>A new study folder is made. It goes on under a number of its own, and gives participant numbers that the laptop before cannot have given; if that one turns up again, the two are merged.</source>
   <translation>将新建一个研究文件夹，以新的编号继续，并发放原电脑不可能发放过的受试者编号；若原电脑重新找到，可将两者合并。</translation>
  </message>
  <message>
   <source>Restore and open</source>
   <translation>恢复并打开</translation>
  </message>
  <message>
   <source>Password at the time of the backup</source>
   <translation>备份时的密码</translation>
  </message>
  <message>
   <source>I have a recovery code instead</source>
   <translation>改用恢复码</translation>
  </message>
  <message>
   <source>Choose a backup</source>
   <translation>选择备份</translation>
  </message>
  <message>
   <source>Backups</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>Reading the backup …</source>
   <translation>正在读取备份…</translation>
  </message>
  <message>
   <source>Restoring</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Reading the backup</source>
   <translation>读取备份</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
 </context>
 <context>
  <name>RoleSheet</name>
  <message>
   <source>Change role</source>
   <translation>更改角色</translation>
  </message>
  <message>
   <source>Now {0}. The new role holds from now on; what was done in the former one stays valid. Another laptop follows when it merges the next bundle from here.</source>
   <translation>现为{0}。新角色即刻生效；以原角色所做的操作仍然有效。其他电脑合并本机的下一个数据包后随之更新。</translation>
  </message>
  <message>
   <source>Change the role</source>
   <translation>更改角色</translation>
  </message>
 </context>
 <context>
  <name>RoomStrip</name>
  <message>
   <source>The disk is almost full, {0} free: no new participant, visit or form is begun. Forms already begun can be finished. Free some space now.</source>
   <translation>磁盘空间即将用尽，仅剩{0}：不再新增受试者、访视或表单；已开始的表单可以填完。请立即清理磁盘空间。</translation>
  </message>
  <message>
   <source>The disk has little room, {0} free. Free some space; below 50 MB no new participant, visit or form is begun.</source>
   <translation>磁盘空间不足，仅剩{0}。请清理磁盘空间；低于50 MB时将不再新增受试者、访视或表单。</translation>
  </message>
 </context>
 <context>
  <name>RotationSheet</name>
  <message>
   <source>New data key</source>
   <translation>新数据密钥</translation>
  </message>
  <message>
   <source>The whole study is encrypted anew. Nobody’s password is asked, and all passwords and the recovery code go on opening it. Do it when a copy of the folder or a password may be in wrong hands. A copy made before still opens with the passwords of that time.</source>
   <translation>整个研究将重新加密。无需任何人的密码，所有密码和恢复码仍可使用。当文件夹副本或密码可能落入他人之手时请执行。此前的副本仍可用当时的密码打开。</translation>
  </message>
  <message>
   <source>Change the data key</source>
   <translation>更换数据密钥</translation>
  </message>
 </context>
 <context>
  <name>RowSheet</name>
  <message>
   <source>Take this row out?</source>
   <translation>移除此行？</translation>
  </message>
  <message>
   <source>Its answers leave the form and stay in the record.</source>
   <translation>其内容将从表单中移除，但仍保留在记录中。</translation>
  </message>
  <message>
   <source>Keep the row</source>
   <translation>保留此行</translation>
  </message>
  <message>
   <source>Take it out</source>
   <translation>移除</translation>
  </message>
 </context>
 <context>
  <name>ScaleRow</name>
  <message>
   <source>No answer yet</source>
   <translation>尚未作答</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>答案</translation>
  </message>
  <message>
   <source>Remove reason</source>
   <translation>撤销缺失</translation>
  </message>
  <message>
   <source>Missing reason</source>
   <translation>缺失原因</translation>
  </message>
 </context>
 <context>
  <name>ScaleRowsBlock</name>
  <message>
   <source>was {0}</source>
   <translation>原为{0}</translation>
  </message>
 </context>
 <context>
  <name>Score</name>
  <message>
   <source>not final</source>
   <translation>未定</translation>
  </message>
  <message>
   <source>{0} of {1} rated</source>
   <translation>已评{0}/{1}</translation>
  </message>
  <message>
   <source>{0} of {1} answered</source>
   <translation>已答{0}/{1}</translation>
  </message>
  <message>
   <source>final</source>
   <translation>已定</translation>
  </message>
  <message>
   <source>Not final: {0} {1}</source>
   <translation>未定：{0}{1}</translation>
  </message>
  <message>
   <source>Not final: {0} without a value</source>
   <translation>未定：{0}项无值</translation>
  </message>
 </context>
 <context>
  <name>ShowSheet</name>
  <message>
   <source>Recovery code</source>
   <translation>恢复码</translation>
  </message>
  <message>
   <source>Three shares</source>
   <translation>三份恢复码</translation>
  </message>
  <message>
   <source>Shown this once. Print it and lock the paper away; a saved sheet is to be deleted once it is printed.</source>
   <translation>仅显示一次。请打印并将纸张锁存；若保存为文件，打印后须删除。</translation>
  </message>
  <message>
   <source>It opens the study already: the paper is a key from now on. The code before ends when this one is typed back. A print queue may keep what it printed: use a printer beside you.</source>
   <translation>它现在就能打开研究：这张纸从此就是钥匙。回输此码后，之前的恢复码即失效。打印队列可能保留打印内容：请使用身边的打印机。</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>稍后</translation>
  </message>
  <message>
   <source>Save the sheet (PDF)</source>
   <translation>保存该页（PDF）</translation>
  </message>
  <message>
   <source>Print</source>
   <translation>打印</translation>
  </message>
  <message>
   <source>Type it back</source>
   <translation>回输</translation>
  </message>
  <message>
   <source>QR code of the recovery code</source>
   <translation>恢复码的二维码</translation>
  </message>
  <message>
   <source>Share {0} of {1}</source>
   <translation>第{0}份，共{1}份</translation>
  </message>
 </context>
 <context>
  <name>SigningDetail</name>
  <message>
   <source>1 signed PDF</source>
   <translation>1份已签名PDF</translation>
  </message>
  <message>
   <source>{0} signed PDFs</source>
   <translation>{0}份已签名PDF</translation>
  </message>
  <message>
   <source>Changed after signature</source>
   <translation>签名后有更改</translation>
  </message>
  <message>
   <source>Forms in this signature</source>
   <translation>本次签名的表单</translation>
  </message>
  <message>
   <source>Signatures on these forms</source>
   <translation>这些表单的签名</translation>
  </message>
  <message>
   <source>Still open in this visit</source>
   <translation>本次访视未完成事项</translation>
  </message>
  <message>
   <source>What changed since the signature</source>
   <translation>签名后的更改</translation>
  </message>
  <message>
   <source>What changed since the signature of {0}, {1}</source>
   <translation>{0}于{1}签名后的更改</translation>
  </message>
  <message>
   <source>You are shown the same file and sign it too; after that nothing in it can change.</source>
   <translation>您将看到同一文件并同样签署；此后文件内容不可再更改。</translation>
  </message>
  <message>
   <source>Not current: something changed after the signature. It stays in the record as what was signed then; your new signature says what holds now.</source>
   <translation>非最新：签名后有更改。原签名保留在记录中，证明当时所签内容；您的新签名说明现状。</translation>
  </message>
  <message>
   <source>not seen in this version</source>
   <translation>未看过此版本</translation>
  </message>
  <message>
   <source>seen by you</source>
   <translation>您已看过</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>Item</source>
   <translation>项目</translation>
  </message>
  <message>
   <source>Signed</source>
   <translation>签名时</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>现在</translation>
  </message>
  <message>
   <source>Changed by</source>
   <translation>更改者</translation>
  </message>
  <message>
   <source>Reason: {0}</source>
   <translation>原因：{0}</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>无答案</translation>
  </message>
  <message>
   <source>Intact</source>
   <translation>完整</translation>
  </message>
  <message>
   <source>Not intact</source>
   <translation>不完整</translation>
  </message>
  <message>
   <source>Current</source>
   <translation>最新</translation>
  </message>
  <message>
   <source>Not current</source>
   <translation>非最新</translation>
  </message>
  <message>
   <source>Valid</source>
   <translation>有效</translation>
  </message>
  <message>
   <source>Not valid</source>
   <translation>无效</translation>
  </message>
  <message>
   <source>No form left to fill in</source>
   <translation>表单均已填完</translation>
  </message>
  <message>
   <source>Forms not complete: {0}</source>
   <translation>未完成表单：{0}</translation>
  </message>
  <message>
   <source>No open query</source>
   <translation>无未关闭质疑</translation>
  </message>
  <message>
   <source>Open queries: {0}</source>
   <translation>未关闭质疑：{0}</translation>
  </message>
 </context>
 <context>
  <name>SigningFoot</name>
  <message>
   <source>Meaning of the signature</source>
   <translation>签名含义</translation>
  </message>
  <message>
   <source>Your name, role, the time and this meaning are printed with each signature. Anything changed later shows the signature as not current.</source>
   <translation>每个签名均印出您的姓名、角色、时间和此含义。之后若有更改，签名即显示为非最新。</translation>
  </message>
  <message>
   <source>A second person signs too</source>
   <translation>另有一人签名</translation>
  </message>
  <message>
   <source>User name</source>
   <translation>用户名</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>密码</translation>
  </message>
 </context>
 <context>
  <name>SigningModel</name>
  <message>
   <source>1 form</source>
   <translation>1张表单</translation>
  </message>
  <message>
   <source>{0} forms</source>
   <translation>{0}张表单</translation>
  </message>
  <message>
   <source>a second signature is asked</source>
   <translation>请您作第二人签名</translation>
  </message>
  <message>
   <source>1 changed after signature</source>
   <translation>1张签名后有更改</translation>
  </message>
  <message>
   <source>{0} changed after signature</source>
   <translation>{0}张签名后有更改</translation>
  </message>
  <message>
   <source>new, the visit is complete</source>
   <translation>新，本次访视已完成</translation>
  </message>
  <message>
   <source>new, 1 form to complete</source>
   <translation>新，尚有1张表单未完成</translation>
  </message>
  <message>
   <source>new, {0} forms to complete</source>
   <translation>新，尚有{0}张表单未完成</translation>
  </message>
  <message>
   <source>Read the pages</source>
   <translation>须阅读页面</translation>
  </message>
  <message>
   <source>before you sign</source>
   <translation>读完后方可签名</translation>
  </message>
  <message>
   <source>Current version</source>
   <translation>当前版本</translation>
  </message>
  <message>
   <source>seen by you</source>
   <translation>您已看过</translation>
  </message>
  <message>
   <source>1 form not seen</source>
   <translation>1张表单未看过</translation>
  </message>
  <message>
   <source>{0} forms not seen</source>
   <translation>{0}张表单未看过</translation>
  </message>
  <message>
   <source>open each of them</source>
   <translation>请逐一打开</translation>
  </message>
 </context>
 <context>
  <name>SigningPage</name>
  <message>
   <source>Signing</source>
   <translation>签名</translation>
  </message>
  <message>
   <source>Making the PDF</source>
   <translation>正在生成PDF</translation>
  </message>
  <message>
   <source>Draw the pages anew</source>
   <translation>重新生成页面</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>Read and sign 1 visit</source>
   <translation>阅读并签署1次访视</translation>
  </message>
  <message>
   <source>Read and sign {0} visits</source>
   <translation>阅读并签署{0}次访视</translation>
  </message>
  <message>
   <source>Read and sign</source>
   <translation>阅读并签署</translation>
  </message>
  <message>
   <source>Sign 1 visit</source>
   <translation>签署1次访视</translation>
  </message>
  <message>
   <source>Sign {0} visits</source>
   <translation>签署{0}次访视</translation>
  </message>
  <message>
   <source>Both are asked each time</source>
   <translation>每次均须输入两项</translation>
  </message>
  <message>
   <source>Read the pages to their end first</source>
   <translation>请先读完全部页面</translation>
  </message>
  <message>
   <source>{0} documents are still to be read to their end</source>
   <translation>尚有{0}份文件未读完</translation>
  </message>
  <message>
   <source>Signing means: {0}</source>
   <translation>签名表示：{0}</translation>
  </message>
  <message>
   <source>{0} of {1} selected</source>
   <translation>已选{0}/{1}</translation>
  </message>
  <message>
   <source>Signing {0} visits means</source>
   <translation>签署{0}次访视表示</translation>
  </message>
  <message>
   <source>Signing means</source>
   <translation>签名表示</translation>
  </message>
  <message>
   <source>Signing 1 visit means</source>
   <translation>签署1次访视表示</translation>
  </message>
  <message>
   <source>Seen by you</source>
   <translation>您是否看过</translation>
  </message>
  <message>
   <source>Only what you have seen in its current version can be signed. Open the other forms to include them.</source>
   <translation>只能签署您已看过当前版本的内容。请打开其余表单后再签。</translation>
  </message>
  <message>
   <source>Nothing to sign</source>
   <translation>没有待签名内容</translation>
  </message>
  <message>
   <source>Complete forms appear here. Each visit is signed as a whole, and its PDF is stored in the study.</source>
   <translation>已完成的表单显示在此。每次访视整体签名，其PDF存入研究。</translation>
  </message>
  <message>
   <source>Go to today</source>
   <translation>转到今日</translation>
  </message>
  <message>
   <source>Read-only: only an investigator signs</source>
   <translation>只读：仅研究者可签名</translation>
  </message>
  <message>
   <source>These pages are what is signed. Read them to their end, then give name and password</source>
   <translation>签署的就是这些页面。请读完后输入用户名和密码</translation>
  </message>
  <message>
   <source>Nothing waits for your signature</source>
   <translation>没有待您签名的访视</translation>
  </message>
  <message>
   <source>1 visit waits for your signature</source>
   <translation>1次访视待您签名</translation>
  </message>
  <message>
   <source>{0} visits wait for your signature</source>
   <translation>{0}次访视待您签名</translation>
  </message>
  <message>
   <source>With your first signature you accept, and it is recorded: “{0}”</source>
   <translation>首次签名即表示您接受以下声明并留存记录：“{0}”</translation>
  </message>
  <message>
   <source>Passphrase of the file</source>
   <translation>证书文件的口令</translation>
  </message>
  <message>
   <source>PIN</source>
   <translation>PIN码</translation>
  </message>
  <message>
   <source>of the study</source>
   <translation>本研究</translation>
  </message>
  <message>
   <source>Certificate: {0}</source>
   <translation>证书：{0}</translation>
  </message>
 </context>
 <context>
  <name>SigningReading</name>
  <message>
   <source>Your signature will stand here: name, time, certificate</source>
   <translation>您的签名将显示在此：姓名、时间、证书</translation>
  </message>
  <message>
   <source>Back to the list</source>
   <translation>返回列表</translation>
  </message>
  <message>
   <source>Document before</source>
   <translation>上一份文件</translation>
  </message>
  <message>
   <source>Next document</source>
   <translation>下一份</translation>
  </message>
  <message>
   <source>Document {0} of {1}</source>
   <translation>第{0}份，共{1}份</translation>
  </message>
  <message>
   <source>Read to the end</source>
   <translation>已读完</translation>
  </message>
  <message>
   <source>The pages are being drawn</source>
   <translation>正在生成页面</translation>
  </message>
  <message>
   <source>To be read</source>
   <translation>待阅读</translation>
  </message>
 </context>
 <context>
  <name>SigningWork</name>
  <message>
   <source>Making the PDF</source>
   <translation>正在生成PDF</translation>
  </message>
  <message>
   <source>Signed; the signatures are stored</source>
   <translation>已签名；签名已保存</translation>
  </message>
  <message>
   <source>The pages you read are signed in a process of its own.</source>
   <translation>您读过的页面正在独立进程中签名。</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>The signatures are stored and valid, and so are the pages you read. Only the PDF is missing.</source>
   <translation>签名已保存且有效，您读过的页面也已保存，仅缺PDF。</translation>
  </message>
  <message>
   <source>Make it again now, or later: the signing page goes on asking for it.</source>
   <translation>请现在或以后重新生成；签名页面会继续提醒。</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>以后</translation>
  </message>
  <message>
   <source>Make it again</source>
   <translation>重新生成</translation>
  </message>
  <message>
   <source>The worker stopped ({0}).</source>
   <translation>工作进程已停止（{0}）。</translation>
  </message>
  <message>
   <source>Signed</source>
   <translation>已签名</translation>
  </message>
  <message>
   <source>The PDF is stored in the study.</source>
   <translation>PDF已存入研究。</translation>
  </message>
  <message>
   <source>{0} PDFs are stored in the study.</source>
   <translation>{0}份PDF已存入研究。</translation>
  </message>
  <message>
   <source>The signatures are stored; the PDF is still to be made.</source>
   <translation>签名已保存，PDF尚待生成。</translation>
  </message>
  <message>
   <source>A copy leaves the study only when you save one; that is recorded.</source>
   <translation>只有您另存副本时，PDF才离开研究；此操作会被记录。</translation>
  </message>
  <message>
   <source>Your first signature: what it means stands in the record and can be printed.</source>
   <translation>这是您的首次签名：其含义已写入记录，并可打印。</translation>
  </message>
  <message>
   <source>Enrolment sheet</source>
   <translation>登记表</translation>
  </message>
  <message>
   <source>Save a copy</source>
   <translation>另存副本</translation>
  </message>
  <message>
   <source>Back to the schedule</source>
   <translation>返回访视表</translation>
  </message>
  <message>
   <source>The file could not be written ({0}).</source>
   <translation>无法写入文件（{0}）。</translation>
  </message>
  <message>
   <source>The PDF stays in the study.</source>
   <translation>PDF仍在研究中。</translation>
  </message>
  <message>
   <source>Choose another place.</source>
   <translation>请选择其他位置。</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>返回</translation>
  </message>
 </context>
 <context>
  <name>SoftSheet</name>
  <message>
   <source>Unusual, but possible</source>
   <translation>少见，但可能</translation>
  </message>
  <message>
   <source>Reason to keep {0}</source>
   <translation>保留{0}的原因</translation>
  </message>
  <message>
   <source>Correct the value</source>
   <translation>更正数值</translation>
  </message>
  <message>
   <source>Keep with this reason</source>
   <translation>以此原因保留</translation>
  </message>
 </context>
 <context>
  <name>SourceSheet</name>
  <message>
   <source>Certificate of the signature</source>
   <translation>签名证书</translation>
  </message>
  <message>
   <source>The forms are always signed in the log with your key of this study. The PDF may carry the certificate of your hospital instead.</source>
   <translation>表单始终以您在本研究中的密钥在日志中签署。PDF可改用医院的证书。</translation>
  </message>
  <message>
   <source>Of the study</source>
   <translation>本研究</translation>
  </message>
  <message>
   <source>A file (PKCS #12)</source>
   <translation>文件（PKCS #12）</translation>
  </message>
  <message>
   <source>A card or stick (PKCS #11)</source>
   <translation>卡或密钥棒（PKCS #11）</translation>
  </message>
  <message>
   <source>File (.p12, .pfx)</source>
   <translation>文件（.p12、.pfx）</translation>
  </message>
  <message>
   <source>Module of the card’s maker</source>
   <translation>卡厂商的模块</translation>
  </message>
  <message>
   <source>Label of the card</source>
   <translation>卡的标签</translation>
  </message>
  <message>
   <source>The passphrase or PIN is asked at each signing and kept nowhere.</source>
   <translation>口令或PIN码每次签名时询问，不作保存。</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>使用此证书</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>选择</translation>
  </message>
  <message>
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Module</source>
   <translation>模块</translation>
  </message>
 </context>
 <context>
  <name>StarCard</name>
  <message>
   <source>candidate STAR, 2022</source>
   <translation>候选STAR（2022）</translation>
  </message>
 </context>
 <context>
  <name>StudyPage</name>
  <message>
   <source>{0}
{1} of them left</source>
   <translation>{0}
剩余{1}个</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Registry</source>
   <translation>注册号</translation>
  </message>
  <message>
   <source>Site</source>
   <translation>中心</translation>
  </message>
  <message>
   <source>Participants in this file</source>
   <translation>本文件中的受试者</translation>
  </message>
  <message>
   <source>Numbers this laptop gives</source>
   <translation>本机分配的编号</translation>
  </message>
  <message>
   <source>Program</source>
   <translation>程序</translation>
  </message>
  <message>
   <source>Forms</source>
   <translation>表单</translation>
  </message>
  <message>
   <source>Fingerprint of the forms</source>
   <translation>表单指纹</translation>
  </message>
  <message>
   <source>Fingerprint of the study’s authority</source>
   <translation>研究证书机构指纹</translation>
  </message>
  <message>
   <source>This file’s own number</source>
   <translation>本文件编号</translation>
  </message>
  <message>
   <source>Entries in its log</source>
   <translation>日志条数</translation>
  </message>
  <message>
   <source>Study</source>
   <translation>研究</translation>
  </message>
  <message>
   <source>Versions</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>Last set {0}, {1}: {2}</source>
   <translation>最近设定 {0}，{1}：{2}</translation>
  </message>
  <message>
   <source>1 change not stored yet</source>
   <translation>1处更改尚未保存</translation>
  </message>
  <message>
   <source>{0} changes not stored yet</source>
   <translation>{0}处更改尚未保存</translation>
  </message>
  <message>
   <source>Laboratory profile and numbers</source>
   <translation>实验室配置与方案参数</translation>
  </message>
  <message>
   <source>Storing the profile</source>
   <translation>保存配置</translation>
  </message>
  <message>
   <source>Back to the profile</source>
   <translation>返回配置</translation>
  </message>
  <message>
   <source>Read-only: an administrator or a data manager sets the profile</source>
   <translation>只读：由管理员或数据管理员设定</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Analysis</source>
   <translation>统计分析</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>放弃更改</translation>
  </message>
  <message>
   <source>Store with a reason</source>
   <translation>说明理由并保存</translation>
  </message>
 </context>
 <context>
  <name>TableExport</name>
  <message>
   <source>Write tables</source>
   <translation>导出数据表</translation>
  </message>
  <message>
   <source>A new folder for a statistician: tables as CSV and Parquet with their codebook, the reason of every verdict, and the report.</source>
   <translation>为统计师新建文件夹：CSV与Parquet数据表及其数据字典、每项判定的理由，以及报告。</translation>
  </message>
  <message>
   <source>They are not encrypted, and the log records that they left the study.</source>
   <translation>文件未加密；导出记入日志。</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Choose the folder</source>
   <translation>选择文件夹</translation>
  </message>
  <message>
   <source>Choose where the new folder is made</source>
   <translation>选择新文件夹的位置</translation>
  </message>
  <message>
   <source>Writing the tables</source>
   <translation>正在写入数据表</translation>
  </message>
  <message>
   <source>Choose another place</source>
   <translation>另选位置</translation>
  </message>
 </context>
 <context>
  <name>TargetSheet</name>
  <message>
   <source>Study {0} · site {1}</source>
   <translation>研究 {0} · 中心 {1}</translation>
  </message>
  <message>
   <source>backup of {0}</source>
   <translation>备份于 {0}</translation>
  </message>
  <message>
   <source>User</source>
   <translation>用户</translation>
  </message>
  <message>
   <source>New study folder</source>
   <translation>新研究文件夹</translation>
  </message>
  <message>
   <source>Another place</source>
   <translation>其他位置</translation>
  </message>
  <message>
   <source>In which folder shall the study lie?</source>
   <translation>研究放在哪个文件夹中？</translation>
  </message>
 </context>
 <context>
  <name>TimedCard</name>
  <message>
   <source>Start {0} min</source>
   <translation>开始计时 {0}</translation>
  </message>
  <message>
   <source>Stop and discard</source>
   <translation>停止并作废</translation>
  </message>
  <message>
   <source>{0}, {1}</source>
   <translation>{0}，{1}</translation>
  </message>
  <message>
   <source>Started {0}</source>
   <translation>开始 {0}</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>计时中</translation>
  </message>
  <message>
   <source>Time is up</source>
   <translation>时间到</translation>
  </message>
  <message>
   <source>Missing</source>
   <translation>缺失</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>已完成</translation>
  </message>
  <message>
   <source>Not started</source>
   <translation>未开始</translation>
  </message>
 </context>
 <context>
  <name>TimerFace</name>
  <message>
   <source>Reading entered</source>
   <translation>已录入读数</translation>
  </message>
  <message>
   <source>No reading</source>
   <translation>无读数</translation>
  </message>
  <message>
   <source>not started</source>
   <translation>未开始</translation>
  </message>
  <message>
   <source>left of {0} min</source>
   <translation>剩余，共{0}</translation>
  </message>
  <message>
   <source>ended {0}</source>
   <translation>已于{0}结束</translation>
  </message>
  <message>
   <source>Time is up: read now</source>
   <translation>时间到：请立即读数</translation>
  </message>
 </context>
 <context>
  <name>TodayPage</name>
  <message>
   <source>1 participant enrolled</source>
   <translation>已入组1名受试者</translation>
  </message>
  <message>
   <source>{0} participants enrolled</source>
   <translation>已入组{0}名受试者</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>今日</translation>
  </message>
  <message>
   <source>Participants</source>
   <translation>受试者</translation>
  </message>
  <message>
   <source>Paper pack</source>
   <translation>纸质表单包</translation>
  </message>
  <message>
   <source>New participant</source>
   <translation>新增受试者</translation>
  </message>
  <message>
   <source>Number or visit</source>
   <translation>编号或访视</translation>
  </message>
  <message>
   <source>All</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>Overdue</source>
   <translation>超期</translation>
  </message>
  <message>
   <source>Next 7 days</source>
   <translation>7天内</translation>
  </message>
  <message>
   <source>Queries</source>
   <translation>质疑</translation>
  </message>
  <message>
   <source>To sign</source>
   <translation>待签名</translation>
  </message>
  <message>
   <source>Monday</source>
   <translation>星期一 </translation>
  </message>
  <message>
   <source>Tuesday</source>
   <translation>星期二 </translation>
  </message>
  <message>
   <source>Wednesday</source>
   <translation>星期三 </translation>
  </message>
  <message>
   <source>Thursday</source>
   <translation>星期四 </translation>
  </message>
  <message>
   <source>Friday</source>
   <translation>星期五 </translation>
  </message>
  <message>
   <source>Saturday</source>
   <translation>星期六 </translation>
  </message>
  <message>
   <source>Sunday</source>
   <translation>星期日 </translation>
  </message>
  <message>
   <source>Due now</source>
   <translation>现在应做</translation>
  </message>
  <message>
   <source>No visit is due. Open a participant in the list, or enrol one.</source>
   <translation>没有应做的访视。请在列表中打开受试者，或新增受试者。</translation>
  </message>
  <message>
   <source>Nothing waits for your signature.</source>
   <translation>没有待您签名的内容。</translation>
  </message>
  <message>
   <source>Read-only: nothing can be entered or signed in this folder.</source>
   <translation>只读：此文件夹不能录入，也不能签名。</translation>
  </message>
  <message>
   <source>For you</source>
   <translation>待您处理</translation>
  </message>
  <message>
   <source>Open {0}</source>
   <translation>打开{0}</translation>
  </message>
  <message>
   <source>Continue {0}</source>
   <translation>继续{0}</translation>
  </message>
  <message>
   <source>Start {0}</source>
   <translation>开始{0}</translation>
  </message>
  <message>
   <source>1 form left</source>
   <translation>剩1张表单</translation>
  </message>
  <message>
   <source>{0} forms left</source>
   <translation>剩{0}张表单</translation>
  </message>
  <message>
   <source>1 form to sign</source>
   <translation>1张表单待签名</translation>
  </message>
  <message>
   <source>{0} forms to sign</source>
   <translation>{0}张表单待签名</translation>
  </message>
  <message>
   <source>complete, not signed yet</source>
   <translation>已完成，尚未签名</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>1 changed form</source>
   <translation>1张表单有更改</translation>
  </message>
  <message>
   <source>{0} changed forms</source>
   <translation>{0}张表单有更改</translation>
  </message>
  <message>
   <source>after the signature</source>
   <translation>在签名之后</translation>
  </message>
  <message>
   <source>1 PDF to make</source>
   <translation>1份PDF待生成</translation>
  </message>
  <message>
   <source>{0} PDFs to make</source>
   <translation>{0}份PDF待生成</translation>
  </message>
  <message>
   <source>signed, the PDF is missing</source>
   <translation>已签名，缺PDF</translation>
  </message>
  <message>
   <source>half typed, not stored</source>
   <translation>尚未输完，未保存</translation>
  </message>
  <message>
   <source>Each participant gets the next number of this site. Their visits and forms appear here.</source>
   <translation>每名受试者获得本中心的下一个编号，其访视和表单显示在此。</translation>
  </message>
  <message>
   <source>No participant yet</source>
   <translation>尚无受试者</translation>
  </message>
  <message>
   <source>Enrol the first participant</source>
   <translation>入组第一名受试者</translation>
  </message>
  <message>
   <source>Nobody matches</source>
   <translation>没有符合的受试者</translation>
  </message>
  <message>
   <source>Choose “All”, or type fewer characters.</source>
   <translation>请选“全部”，或减少输入字符。</translation>
  </message>
 </context>
 <context>
  <name>TypeBackSheet</name>
  <message>
   <source>Type it from the paper, not from memory of the screen: this shows today that it can be read.</source>
   <translation>请照纸输入，而不是凭屏幕记忆：这样今天就能确认纸上内容清晰可读。</translation>
  </message>
  <message>
   <source>Type it back</source>
   <translation>回输</translation>
  </message>
  <message>
   <source>It is what the paper says</source>
   <translation>与纸上一致</translation>
  </message>
 </context>
 <context>
  <name>TypedStrip</name>
  <message>
   <source>Typed before the lock, not stored: {0} “{1}”</source>
   <translation>锁定前已输入、尚未保存：{0}“{1}”</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Put away</source>
   <translation>不再显示</translation>
  </message>
 </context>
 <context>
  <name>UnfinishedSheet</name>
  <message>
   <source>Make the PDF</source>
   <translation>生成PDF</translation>
  </message>
  <message>
   <source>The pages you read and signed are kept. The same file is made of them, with the time of your signature; no new signature is written.</source>
   <translation>您读过并签署的页面已保存。将以您签名时的时间生成同一文件，不写入新的签名。</translation>
  </message>
  <message>
   <source>User name</source>
   <translation>用户名</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>密码</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>以后</translation>
  </message>
 </context>
 <context>
  <name>UnfinishedStrip</name>
  <message>
   <source>Signed, but the PDF was not made: {0}.</source>
   <translation>已签名，但尚未生成PDF：{0}。</translation>
  </message>
  <message>
   <source>{0} more wait.</source>
   <translation>另有{0}份待生成。</translation>
  </message>
  <message>
   <source>Make the PDF</source>
   <translation>生成PDF</translation>
  </message>
 </context>
 <context>
  <name>UnlockPage</name>
  <message>
   <source>Working out the key …</source>
   <translation>正在推导密钥…</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>解锁</translation>
  </message>
  <message>
   <source>Investigator</source>
   <translation>研究者</translation>
  </message>
  <message>
   <source>Coordinator</source>
   <translation>协调员</translation>
  </message>
  <message>
   <source>Monitor</source>
   <translation>监查员</translation>
  </message>
  <message>
   <source>Data manager</source>
   <translation>数据管理员</translation>
  </message>
  <message>
   <source>Administrator</source>
   <translation>管理员</translation>
  </message>
  <message>
   <source>Study {0} · site {1}</source>
   <translation>研究{0} · 中心{1}</translation>
  </message>
  <message>
   <source>Study folder</source>
   <translation>研究文件夹</translation>
  </message>
  <message>
   <source>A half-typed field is kept, encrypted. You will return to it.</source>
   <translation>未输完的内容已加密保留，解锁后回到原处。</translation>
  </message>
  <message>
   <source>You will return to the same page.</source>
   <translation>解锁后回到同一页。</translation>
  </message>
  <message>
   <source>Locked at {0}.</source>
   <translation>{0}锁定。</translation>
  </message>
  <message>
   <source>The window could not be started anew: close it, so that the memory is cleared as well.</source>
   <translation>未能启动新窗口：请关闭本窗口，以便同时清除内存。</translation>
  </message>
  <message>
   <source>User</source>
   <translation>用户</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>密码</translation>
  </message>
  <message>
   <source>Caps Lock seems to be on.</source>
   <translation>大写锁定似乎已开启。</translation>
  </message>
  <message>
   <source>Password lost? It cannot be read from this file. Ask the administrator of the study.</source>
   <translation>忘记密码？密码无法从文件中读出，请联系研究管理员。</translation>
  </message>
  <message>
   <source>I have a recovery code</source>
   <translation>我有恢复码</translation>
  </message>
  <message>
   <source>Open another study folder</source>
   <translation>打开其他研究文件夹</translation>
  </message>
  <message>
   <source>Restore from a backup</source>
   <translation>从备份恢复</translation>
  </message>
  <message>
   <source>Open a study</source>
   <translation>打开研究</translation>
  </message>
  <message>
   <source>A study is a folder whose name ends in .crf. Everything in it is encrypted and stays on this machine.</source>
   <translation>研究是名称以.crf结尾的文件夹。其中全部内容均已加密，并留在本机。</translation>
  </message>
  <message>
   <source>Choose the study folder</source>
   <translation>选择研究文件夹</translation>
  </message>
  <message>
   <source>No study yet? In a terminal: crf-desktop new FOLDER.crf --user NAME makes one, crf-desktop demo DIR one to try.</source>
   <translation>还没有研究？在终端运行crf-desktop new FOLDER.crf --user NAME可新建，运行crf-desktop demo DIR可试用。</translation>
  </message>
  <message>
   <source>no study chosen</source>
   <translation>未选择研究</translation>
  </message>
  <message>
   <source>data file found, encrypted</source>
   <translation>已找到数据文件，已加密</translation>
  </message>
  <message>
   <source>no data file here</source>
   <translation>此处没有数据文件</translation>
  </message>
  <message>
   <source>Version {0}</source>
   <translation>版本{0}</translation>
  </message>
 </context>
 <context>
  <name>VerificationPage</name>
  <message>
   <source>Verifying</source>
   <translation>源数据核对</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>This form {0} of {1} · visit {2} of {3} · participant {4} of {5} answers verified</source>
   <translation>已核对：本表单{0}/{1} · 本次访视{2}/{3} · 该受试者{4}/{5}项</translation>
  </message>
  <message>
   <source>Verify against source: {0}</source>
   <translation>源数据核对：{0}</translation>
  </message>
  <message>
   <source>1 changed since</source>
   <translation>1项核对后已更改</translation>
  </message>
  <message>
   <source>{0} changed since</source>
   <translation>{0}项核对后已更改</translation>
  </message>
  <message>
   <source>Verified</source>
   <translation>已核对</translation>
  </message>
  <message>
   <source>Item</source>
   <translation>条目</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>答案</translation>
  </message>
  <message>
   <source>Entered</source>
   <translation>录入</translation>
  </message>
  <message>
   <source>Nothing to verify yet</source>
   <translation>暂无可核对内容</translation>
  </message>
  <message>
   <source>Nothing has been answered on this form. A query can be raised on the form itself.</source>
   <translation>本表单尚无答案。可对整张表单提出质疑。</translation>
  </message>
  <message>
   <source>Open the form</source>
   <translation>打开表单</translation>
  </message>
  <message>
   <source>Form</source>
   <translation>表单</translation>
  </message>
  <message>
   <source>Back to the form</source>
   <translation>返回表单</translation>
  </message>
  <message>
   <source>1 answer left: it agrees</source>
   <translation>余下1项与源文件一致</translation>
  </message>
  <message>
   <source>All {0} left agree with the source</source>
   <translation>余下{0}项均与源文件一致</translation>
  </message>
  <message>
   <source>Take all ticks away</source>
   <translation>撤销全部核对</translation>
  </message>
  <message>
   <source>tick</source>
   <translation>勾选</translation>
  </message>
  <message>
   <source>answer</source>
   <translation>答案</translation>
  </message>
  <message>
   <source>open</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>query</source>
   <translation>质疑</translation>
  </message>
 </context>
 <context>
  <name>VisitSheet</name>
  <message>
   <source>Change the date of this visit</source>
   <translation>更改本次访视日期</translation>
  </message>
  <message>
   <source>When is this visit?</source>
   <translation>本次访视是哪一天？</translation>
  </message>
  <message>
   <source>The visit date stands in the banner and on paper. A later change of it asks for a reason.</source>
   <translation>访视日期显示在受试者栏和纸面上。以后更改须说明原因。</translation>
  </message>
  <message>
   <source>Until now: {0}. The former date stays in the record.</source>
   <translation>目前为{0}。原日期保留在记录中。</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>暂不</translation>
  </message>
  <message>
   <source>Visit date</source>
   <translation>访视日期</translation>
  </message>
  <message>
   <source>day month year</source>
   <translation>年月日</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>今天</translation>
  </message>
  <message>
   <source>Keep with this reason</source>
   <translation>说明原因并保留</translation>
  </message>
  <message>
   <source>Change the date</source>
   <translation>更改日期</translation>
  </message>
  <message>
   <source>Start the visit</source>
   <translation>开始访视</translation>
  </message>
  <message>
   <source>Reason to keep this date</source>
   <translation>保留此日期的原因</translation>
  </message>
  <message>
   <source>Reason for the change</source>
   <translation>更改原因</translation>
  </message>
  <message>
   <source>The date and this reason go into the deviation log.</source>
   <translation>该日期和原因将记入方案偏离记录。</translation>
  </message>
 </context>
 <context>
  <name>VisitWords</name>
  <message>
   <source>window {0}</source>
   <translation>窗口{0}</translation>
  </message>
  <message>
   <source>planned for {0}</source>
   <translation>计划{0}</translation>
  </message>
  <message>
   <source>not needed</source>
   <translation>无需进行</translation>
  </message>
  <message>
   <source>missed</source>
   <translation>未进行</translation>
  </message>
  <message>
   <source>1 day</source>
   <translation>1天</translation>
  </message>
  <message>
   <source>{0} days</source>
   <translation>{0}天</translation>
  </message>
  <message>
   <source>did not take place</source>
   <translation>未进行</translation>
  </message>
  <message>
   <source>begun {0} ago</source>
   <translation>{0}前开始</translation>
  </message>
  <message>
   <source>today</source>
   <translation>今天</translation>
  </message>
  <message>
   <source>{0} over</source>
   <translation>超期{0}</translation>
  </message>
  <message>
   <source>no date yet</source>
   <translation>尚无日期</translation>
  </message>
  <message>
   <source>planned {0} ago</source>
   <translation>计划日已过{0}</translation>
  </message>
  <message>
   <source>in {0}</source>
   <translation>{0}后</translation>
  </message>
  <message>
   <source>{0} before its window</source>
   <translation>早于窗口{0}</translation>
  </message>
  <message>
   <source>{0} after its window</source>
   <translation>晚于窗口{0}</translation>
  </message>
 </context>
 <context>
  <name>VisualAnalogueBlock</name>
  <message>
   <source>No answer yet</source>
   <translation>尚未作答</translation>
  </message>
 </context>
 <context>
  <name>VoidSheet</name>
  <message>
   <source>Entered by mistake</source>
   <translation>误录</translation>
  </message>
  <message>
   <source>All its answers are taken back; they stay in the record. Its number is not used again. Why?</source>
   <translation>其全部内容将被撤回，但仍保留在记录中，其编号不再使用。为何撤回？</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Take it back</source>
   <translation>撤回</translation>
  </message>
  <message>
   <source>Recorded twice</source>
   <translation>重复记录</translation>
  </message>
  <message>
   <source>Belongs to another participant</source>
   <translation>属于其他受试者</translation>
  </message>
  <message>
   <source>Did not happen</source>
   <translation>并未发生</translation>
  </message>
  <message>
   <source>Another reason</source>
   <translation>其他原因</translation>
  </message>
 </context>
 <context>
  <name>WaitSheet</name>
  <message>
   <source>The log is being checked</source>
   <translation>正在核查日志</translation>
  </message>
  <message>
   <source>It goes on by itself as soon as the check is over. Nothing has been done yet.</source>
   <translation>核查结束后将自动继续；目前尚未执行任何操作。</translation>
  </message>
  <message>
   <source>Do not wait</source>
   <translation>不再等待</translation>
  </message>
 </context>
</TS>
