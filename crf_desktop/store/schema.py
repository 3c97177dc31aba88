"""Tables, triggers and indexes of ``log.db``; ``docs/log_format.md`` explains each."""

from __future__ import annotations

from typing import Final

from crf_desktop.model.query import QueryState

VERSION: Final = 1
"""``PRAGMA user_version``."""

APPLICATION_ID: Final = 0x43524644
"""``PRAGMA application_id``: the letters CRFD."""

KEYS: Final = ("subject", "event", "event_key", "form", "form_key", "item_group", "group_key", "item")
_KEYS = ", ".join(KEYS)
_FORM = "subject, event, event_key, form, form_key"
_NEW_FORM = "NEW.subject, NEW.event, NEW.event_key, NEW.form, NEW.form_key"
_NEW_CHANGE = ", ".join(f"COALESCE(NEW.{key}, '')" for key in KEYS)
_NEW_CHANGE_FORM = ", ".join(f"COALESCE(NEW.{key}, '')" for key in KEYS[:5])

CHANGE: Final = """CREATE TABLE change (
 origin TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0),
 format INTEGER NOT NULL, study_oid TEXT NOT NULL, lamport INTEGER NOT NULL, kind TEXT NOT NULL,
 subject TEXT CHECK (subject <> ''), event TEXT CHECK (event <> ''), event_key TEXT CHECK (event_key <> ''),
 form TEXT CHECK (form <> ''), form_key TEXT CHECK (form_key <> ''), item_group TEXT CHECK (item_group <> ''),
 group_key TEXT CHECK (group_key <> ''), item TEXT CHECK (item <> ''),
 transaction_type TEXT NOT NULL CHECK (transaction_type IN ('Insert', 'Update', 'Remove')),
 value TEXT, qualifier TEXT NOT NULL CHECK (qualifier IN ('', '<', '>')), unit_oid TEXT, null_flavor TEXT, payload TEXT,
 entry_pass INTEGER NOT NULL CHECK (entry_pass IN (1, 2)), capture TEXT NOT NULL, observed_at TEXT,
 user_oid TEXT NOT NULL, role TEXT NOT NULL, key_id TEXT NOT NULL, location_oid TEXT NOT NULL, device_oid TEXT NOT NULL,
 program_version TEXT NOT NULL, recorded_at TEXT NOT NULL, utc_offset_min INTEGER NOT NULL, boot_id TEXT NOT NULL,
 boot_ms INTEGER NOT NULL, edit_point TEXT NOT NULL, reason_for_change TEXT, metadata_digest TEXT,
 based_on_origin TEXT, based_on_seq INTEGER,
 previous_hash BLOB NOT NULL, hash BLOB NOT NULL, row_signature BLOB NOT NULL,
 PRIMARY KEY (origin, seq),
 CHECK (value IS NULL OR null_flavor IS NULL),
 CHECK (CASE kind
  WHEN 'item' THEN subject IS NOT NULL AND event IS NOT NULL AND form IS NOT NULL AND item IS NOT NULL
  WHEN 'form' THEN subject IS NOT NULL AND event IS NOT NULL AND form IS NOT NULL
                   AND item_group IS NULL AND group_key IS NULL AND item IS NULL
  WHEN 'event' THEN subject IS NOT NULL AND event IS NOT NULL AND form IS NULL AND form_key IS NULL
                    AND item_group IS NULL AND group_key IS NULL AND item IS NULL
  WHEN 'subject' THEN subject IS NOT NULL AND event IS NULL AND event_key IS NULL AND form IS NULL AND form_key IS NULL
                      AND item_group IS NULL AND group_key IS NULL AND item IS NULL
  WHEN 'user' THEN subject IS NULL
  ELSE kind IN ('signature', 'annotation', 'system', 'acknowledgement') END)
) STRICT, WITHOUT ROWID"""

_POSITION = "lamport INTEGER NOT NULL, origin TEXT NOT NULL, seq INTEGER NOT NULL"

_TABLES = {
    "change": CHANGE,
    "head": f"""CREATE TABLE head (
 {", ".join(f"{key} TEXT NOT NULL" for key in KEYS)},
 value TEXT, qualifier TEXT NOT NULL, unit_oid TEXT, null_flavor TEXT, {_POSITION},
 PRIMARY KEY ({_KEYS})) STRICT, WITHOUT ROWID""",
    "form_head": f"""CREATE TABLE form_head (
 {", ".join(f"{key} TEXT NOT NULL" for key in KEYS[:5])},
 n_value INTEGER NOT NULL DEFAULT 0, n_null INTEGER NOT NULL DEFAULT 0, status TEXT NOT NULL DEFAULT '',
 touch_lamport INTEGER NOT NULL DEFAULT 0, touch_origin TEXT NOT NULL DEFAULT '', touch_seq INTEGER NOT NULL DEFAULT 0,
 sign_lamport INTEGER NOT NULL DEFAULT 0, sign_origin TEXT NOT NULL DEFAULT '', sign_seq INTEGER NOT NULL DEFAULT 0,
 n_open_query INTEGER NOT NULL DEFAULT 0,
 unsigned INTEGER GENERATED ALWAYS AS (status = 'complete' AND sign_lamport = 0) VIRTUAL,
 changed INTEGER GENERATED ALWAYS AS (sign_lamport > 0
  AND (touch_lamport, touch_origin, touch_seq) > (sign_lamport, sign_origin, sign_seq)) VIRTUAL,
 PRIMARY KEY ({_FORM})) STRICT, WITHOUT ROWID""",
    "document": """CREATE TABLE document (
 digest TEXT NOT NULL PRIMARY KEY, media_type TEXT NOT NULL, data BLOB NOT NULL) STRICT""",
    "draft": """CREATE TABLE draft (
 user_oid TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (user_oid, path)) STRICT, WITHOUT ROWID""",
    "setting": "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
}

IS_QUERY: Final = "kind = 'annotation' AND json_extract(payload, '$.type') = 'query'"
"""What the rows of ``change_asked`` have in common; a statement has to say it in these words to use the index."""

_INDEXES = {
    "change_form": "CREATE INDEX change_form ON change (subject, event, form)",
    "change_small": "CREATE INDEX change_small ON change (kind, subject, event, form) WHERE kind <> 'item'",
    "change_asked": f"CREATE INDEX change_asked ON change (subject, event, form) WHERE {IS_QUERY}",
    "query_above": f"CREATE INDEX query_above ON change (subject, event) WHERE {IS_QUERY} AND form IS NULL",
    "head_subject": "CREATE INDEX head_subject ON head (subject) WHERE event = ''",
    "head_event": "CREATE INDEX head_event ON head (subject, event, event_key) WHERE form = '' AND event <> ''",
    "form_unsigned": "CREATE INDEX form_unsigned ON form_head (subject) WHERE unsigned = 1",
    "form_changed": "CREATE INDEX form_changed ON form_head (subject) WHERE changed = 1",
    "form_query": "CREATE INDEX form_query ON form_head (subject) WHERE n_open_query > 0",
}


def _frozen(table: str, key: str) -> dict[str, str]:
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed'); END",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: rows are never deleted'); END",
        f"{table}_no_replace": f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) "
        f"BEGIN SELECT RAISE(ABORT, '{table}: the row exists'); END",
    }


_GUARDS = {
    **_frozen("change", "origin = NEW.origin AND seq = NEW.seq"),
    "change_no_gap": """CREATE TRIGGER change_no_gap BEFORE INSERT ON change
 WHEN NEW.seq <> COALESCE((SELECT max(seq) FROM change WHERE origin = NEW.origin), 0) + 1
 BEGIN SELECT RAISE(ABORT, 'change: not the next row of its origin'); END""",
    **_frozen("document", "digest = NEW.digest"),
}

_TO_HEAD = f"""INSERT INTO head ({_KEYS}, value, qualifier, unit_oid, null_flavor, lamport, origin, seq)
 VALUES ({_NEW_CHANGE}, NEW.value, NEW.qualifier, NEW.unit_oid, NEW.null_flavor, NEW.lamport, NEW.origin, NEW.seq)
 ON CONFLICT ({_KEYS}) DO UPDATE SET value = excluded.value, qualifier = excluded.qualifier,
 unit_oid = excluded.unit_oid, null_flavor = excluded.null_flavor,
 lamport = excluded.lamport, origin = excluded.origin, seq = excluded.seq
 WHERE (excluded.lamport, excluded.origin, excluded.seq) > (head.lamport, head.origin, head.seq)"""

_TOUCH = (
    "(excluded.touch_lamport, excluded.touch_origin, excluded.touch_seq)"
    " > (touch_lamport, touch_origin, touch_seq)"
)


def _greater(column: str) -> str:
    return f"touch_{column} = CASE WHEN {_TOUCH} THEN excluded.touch_{column} ELSE touch_{column} END"


def _to_form(n_value: str, n_null: str) -> str:
    """Counts and the greatest position of a form's items, and its completion, from one row of ``head``."""
    return f"""INSERT INTO form_head ({_FORM}, n_value, n_null, status, touch_lamport, touch_origin, touch_seq)
 VALUES ({_NEW_FORM}, {n_value}, {n_null}, CASE WHEN NEW.item = '' THEN COALESCE(NEW.value, '') ELSE '' END,
 NEW.lamport, NEW.origin, NEW.seq)
 ON CONFLICT ({_FORM}) DO UPDATE SET n_value = n_value + excluded.n_value, n_null = n_null + excluded.n_null,
 status = CASE WHEN NEW.item = '' THEN excluded.status ELSE status END,
 {_greater("lamport")}, {_greater("origin")}, {_greater("seq")}"""


_HAS_VALUE = "(NEW.item <> '' AND NEW.value IS NOT NULL)"
_HAS_NULL = "(NEW.item <> '' AND NEW.null_flavor IS NOT NULL)"

_SIGNED = "(excluded.sign_lamport, excluded.sign_origin, excluded.sign_seq) > (sign_lamport, sign_origin, sign_seq)"
_QUERY_ID = "COALESCE(json_extract({0}.payload, '$.query'), {0}.origin || '.' || {0}.seq)"


_DONE = ", ".join(f"'{state}'" for state in QueryState if state.done)


def open_queries(subject: str, event: str, event_key: str, form: str, form_key: str) -> str:
    """How many queries of a form are open: the latest row of each decides, whatever order the rows came in."""
    place = IS_QUERY.replace("kind", "{0}.kind").replace("payload", "{0}.payload") + " AND {0}.subject = " + subject
    place += " AND {0}.event = " + event + " AND {0}.form = " + form
    place += " AND COALESCE({0}.event_key, '') = " + event_key + " AND COALESCE({0}.form_key, '') = " + form_key
    return f"""SELECT count(*) FROM change AS q INDEXED BY change_asked WHERE {place.format("q")}
 AND COALESCE(json_extract(q.payload, '$.state'), '') NOT IN ({_DONE}) AND NOT EXISTS (
 SELECT 1 FROM change AS later INDEXED BY change_asked WHERE {place.format("later")}
 AND {_QUERY_ID.format("later")} = {_QUERY_ID.format("q")}
 AND (later.lamport, later.origin, later.seq) > (q.lamport, q.origin, q.seq))"""


def open_above() -> str:
    """How many queries about no form are open in the whole study: about a visit date, or a participant."""
    same = IS_QUERY.replace("kind", "{0}.kind").replace("payload", "{0}.payload") + " AND {0}.form IS NULL"
    place = " AND ".join(f"later.{key} IS q.{key}" for key in KEYS[:3])
    return f"""SELECT count(*) FROM change AS q INDEXED BY query_above WHERE {same.format("q")}
 AND COALESCE(json_extract(q.payload, '$.state'), '') NOT IN ({_DONE}) AND NOT EXISTS (
 SELECT 1 FROM change AS later INDEXED BY query_above WHERE {same.format("later")} AND {place}
 AND {_QUERY_ID.format("later")} = {_QUERY_ID.format("q")}
 AND (later.lamport, later.origin, later.seq) > (q.lamport, q.origin, q.seq))"""


_NEW_QUERIES = open_queries(*(f"COALESCE(NEW.{key}, '')" for key in KEYS[:5]))

_KEEPERS = {
    "change_head": "CREATE TRIGGER change_head AFTER INSERT ON change "
    f"WHEN NEW.entry_pass = 1 AND NEW.kind IN ('item', 'form', 'event', 'subject') BEGIN {_TO_HEAD}; END",
    "head_form_insert": "CREATE TRIGGER head_form_insert AFTER INSERT ON head WHEN NEW.form <> '' "
    f"BEGIN {_to_form(_HAS_VALUE, _HAS_NULL)}; END",
    "head_form_update": "CREATE TRIGGER head_form_update AFTER UPDATE ON head WHEN NEW.form <> '' BEGIN "
    + _to_form(
        f"{_HAS_VALUE} - (OLD.item <> '' AND OLD.value IS NOT NULL)",
        f"{_HAS_NULL} - (OLD.item <> '' AND OLD.null_flavor IS NOT NULL)",
    )
    + "; END",
    "change_signature": f"""CREATE TRIGGER change_signature AFTER INSERT ON change
 WHEN NEW.kind = 'signature' AND NEW.value = 'signed' AND NEW.form IS NOT NULL BEGIN
 INSERT INTO form_head ({_FORM}, sign_lamport, sign_origin, sign_seq)
 VALUES ({_NEW_CHANGE_FORM}, NEW.lamport, NEW.origin, NEW.seq)
 ON CONFLICT ({_FORM}) DO UPDATE SET sign_lamport = excluded.sign_lamport, sign_origin = excluded.sign_origin,
 sign_seq = excluded.sign_seq WHERE {_SIGNED}; END""",
    "change_query": f"""CREATE TRIGGER change_query AFTER INSERT ON change
 WHEN NEW.kind = 'annotation' AND NEW.form IS NOT NULL AND json_extract(NEW.payload, '$.type') = 'query' BEGIN
 INSERT INTO form_head ({_FORM}, n_open_query) VALUES ({_NEW_CHANGE_FORM}, ({_NEW_QUERIES}))
 ON CONFLICT ({_FORM}) DO UPDATE SET n_open_query = excluded.n_open_query; END""",
}

OBJECTS: Final[dict[str, str]] = {**_TABLES, **_INDEXES, **_GUARDS, **_KEEPERS}
"""Name → statement, as ``sqlite_master`` must hold them; ``verify`` compares."""

KEEPERS: Final = frozenset(_KEEPERS)
"""The only triggers that may write ``head`` and ``form_head``."""

FROZEN: Final = frozenset({"change", "document"})
KEPT: Final = frozenset({"head", "form_head"})
