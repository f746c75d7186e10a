"""Every setting: name, type, default, meaning. A default is right for production and safe to publish.

Read from the environment with the prefix ENGAGE_; docs/operations.md lists them all (a test compares).
"""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The product's settings; each field's description is its manual."""

    model_config = SettingsConfigDict(env_prefix="ENGAGE_", extra="forbid", frozen=True)

    home: Path = Field(Path("var"), description="Folder for the database, the key file, snapshots and help pages.")
    database_url: str = Field(
        "", description="SQLAlchemy address of the database; empty means SQLite at HOME/engage.sqlite3."
    )
    database_owner_url: str = Field(
        "",
        description="PostgreSQL: the same database under the role that owns its tables; empty means that one does all.",
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    web_workers: int = Field(2, ge=1, le=64, description="Web server processes.")
    web_threads: int = Field(8, ge=1, le=64, description="Threads in each web server process.")
    trusted_proxies: int = Field(
        0, ge=0, le=3, description="How many proxies in front may be believed about https, host and network."
    )
    exit_url: str = Field(
        "https://www.bbc.co.uk/weather", description="Neutral page that 'Leave this page quickly' goes to."
    )
    staff_idle_minutes: int = Field(30, ge=5, le=480, description="A staff session ends after this long unused.")
    staff_session_hours: int = Field(12, ge=1, le=24, description="A staff session ends after this long in any case.")
    argon2_memory_kib: int = Field(65536, ge=8, description="Memory of one password or receipt hash, in KiB.")
    argon2_passes: int = Field(3, ge=1, description="Passes of one password or receipt hash.")
    release_day: int = Field(1, ge=1, le=28, description="Day of the month from which a further release may be made.")
    mail_from: str = Field("", description="Sender of notices by e-mail; empty means that no e-mail is sent.")
    site_url: str = Field(
        "",
        description="Address of this site as people type it, for notices and links; empty: no notice is sent.",
    )
    smtp_url: str = Field("", description="smtp://user:password@host:port of the mail server; empty means none.")
    speech_program: str = Field(
        "espeak-ng",
        description="Program that reads texts aloud for devices without a voice of their own; empty means none.",
    )
    limit_starts: int = Field(
        400, ge=1, description="Surveys begun from one network in ten minutes, and in one partnership in one minute."
    )
    limit_answers: int = Field(10_000, ge=1, description="The same for pages that are answered.")
    limit_uploads: int = Field(600, ge=1, description="The same for pages that are answered with a file.")
    limit_sends: int = Field(400, ge=1, description="The same for answers that are sent.")
    limit_contacts: int = Field(200, ge=1, description="The same for requests to be contacted.")
    limit_codes: int = Field(50, ge=1, description="The same for codes and picture-words that are wrong.")
    limit_sign_ins: int = Field(30, ge=1, description="The same for names and passwords that are wrong.")
    limit_keys: int = Field(30, ge=1, description="The same for keys of machines that are wrong.")
    limit_reads: int = Field(600, ge=1, description="The same for what machines read with a key.")
    backup_days: int = Field(
        30, ge=1, le=366, description="Days that a backup may be kept; an older one is pruned and not restored."
    )
    erased_file: str = Field(
        "", description="File with the marks of what was erased; empty means HOME/erased. Better on another disk."
    )
    log_level: str = Field("INFO", description="Least serious level that is logged.")

    @property
    def database(self) -> str:
        """The database's address with the default filled in."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'engage.sqlite3'}"

    @property
    def owner(self) -> str:
        """The database's address under the role that owns its tables."""
        return self.database_owner_url or self.database

    @property
    def erased(self) -> Path:
        """Where the list of what was erased lies."""
        return Path(self.erased_file) if self.erased_file else self.home / "erased"
