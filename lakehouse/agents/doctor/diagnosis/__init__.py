"""Why a source fails, by class."""
