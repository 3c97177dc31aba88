"""What leaves and enters a study: bundles between laptops, invitations, public keys and tables."""
