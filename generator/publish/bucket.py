"""The few things that publishing asks of an S3-compatible store, and its errors in words."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from importlib import import_module
from typing import Any, Final

from msgspec import Struct

from generator.publish.failure import PublishError
from generator.publish.kinds import cache_control, content_type
from generator.report.visible import visible

THREADS: Final = 8
"""Requests at once."""
TRIES: Final = 5
"""How often a request is made before it counts as failed."""
_CONFLICT: Final = {409, 412}
_CREDENTIALS: Final = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
_MISSING: Final = {"404", "NoSuchKey", "NotFound"}


class ConflictError(Exception):
    """A conditional write came too late: the object is not what it was."""


class Stored(Struct, frozen=True):
    """An object: its bytes, the mark by which a later write can tell whether it is still the same, and its age in seconds by the store's own clock."""

    data: bytes
    etag: str
    age: float


class Store(Struct, frozen=True):
    """A part of a bucket: all keys are below `prefix`."""

    client: Any
    bucket: str
    prefix: str

    def get(self, key: str) -> Stored | None:
        """An object; None where there is none."""
        try:
            with self._errors(f"read {key}", _MissingError):
                return self._read(self.prefix + key)
        except _MissingError:
            return None

    def _read(self, key: str, tries: int = TRIES) -> Stored:
        """An object, asked for again where the connection breaks in the middle of it."""
        streaming = import_module("botocore.exceptions").HTTPClientError
        found = self.client.get_object(Bucket=self.bucket, Key=key)
        try:
            return Stored(found["Body"].read(), found["ETag"], _age(found))
        except streaming:
            if tries == 1:
                raise
            return self._read(key, tries - 1)

    def put(self, key: str, data: bytes, *, only: str | None = None) -> str:
        """Write an object and return its mark.

        `only` is the mark that it must still have, or empty where it must not be there: else ConflictError.
        """
        awaited = () if only is None else (ConflictError,)
        condition = {} if only is None else {"IfMatch": only} if only else {"IfNoneMatch": "*"}
        digest = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
        with self._errors(f"write {key}", *awaited):
            done = self.client.put_object(
                Bucket=self.bucket, Key=self.prefix + key, Body=data, ContentMD5=digest, ContentType=content_type(key),
                CacheControl=cache_control(key), **condition,
            )  # fmt: skip
            return str(done["ETag"])

    def copy(self, source: str, key: str) -> None:
        """Let the store itself copy an object, with the type that the new name asks for."""
        with self._errors(f"write {key}"):
            self.client.copy_object(
                Bucket=self.bucket, Key=self.prefix + key, CopySource={"Bucket": self.bucket, "Key": self.prefix + source},
                MetadataDirective="REPLACE", ContentType=content_type(key), CacheControl=cache_control(key),
            )  # fmt: skip

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is fine."""
        with self._errors(f"delete {key}"):
            self.client.delete_object(Bucket=self.bucket, Key=self.prefix + key)

    def sizes(self, below: str = "") -> dict[str, int]:
        """All keys that begin like this, with the sizes of their objects."""
        found: dict[str, int] = {}
        with self._errors("list the bucket"):
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix + below)
            for page in pages:
                for item in page.get("Contents", ()):
                    found[item["Key"].removeprefix(self.prefix)] = item["Size"]
        return found

    @contextmanager
    def _errors(self, doing: str, *awaited: type[Exception]) -> Iterator[None]:
        """Errors in words, but those that the caller awaits: ConflictError, or that there is no such object."""
        errors, parsers = import_module("botocore.exceptions"), import_module("botocore.parsers")
        cannot = f"s3://{self.bucket}: cannot {visible(doing)}"
        try:
            yield
        except errors.ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            kind = _kind(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode"), code)
            if kind in awaited:
                raise kind from None
            raise PublishError(f"{cannot}: {visible(_advice(code, str(error)))}") from None
        except errors.NoCredentialsError as error:
            raise PublishError(f"{cannot}: {visible(str(error))}; {_CREDENTIALS}") from None
        except errors.BotoCoreError as error:
            raise PublishError(f"{cannot}: {visible(str(error))}; look at the network, then publish again") from None
        except (parsers.ResponseParserError, KeyError, TypeError, ValueError):
            raise PublishError(f"{cannot}: what answers is no S3 store; check AWS_ENDPOINT_URL and what stands before it, then publish again") from None


def _age(found: Any) -> float:  # noqa: ANN401  boto3 has no types
    now = parsedate_to_datetime(found["ResponseMetadata"]["HTTPHeaders"]["date"])
    return float((now - found["LastModified"]).total_seconds())


class _MissingError(Exception):
    """There is no such object."""


def _kind(status: int | None, code: str) -> type[Exception]:
    if status in _CONFLICT:
        return ConflictError
    return _MissingError if code in _MISSING else PublishError


def open_store(bucket: str, prefix: str) -> Store:
    """The part of a bucket below a prefix, with the credentials and the endpoint that the AWS tools would use.

    Raises PublishError where boto3 is not installed.
    """
    try:
        boto3, settings = import_module("boto3"), import_module("botocore.config")
    except ImportError:
        raise PublishError("publishing to S3 needs boto3; install it with: pip install 'sintoma[s3]'") from None
    config = settings.Config(
        retries={"total_max_attempts": TRIES, "mode": "standard"}, connect_timeout=10, read_timeout=60, max_pool_connections=THREADS,
        request_checksum_calculation="when_required", response_checksum_validation="when_required",
    )  # fmt: skip
    errors = import_module("botocore.exceptions")
    try:
        client = boto3.session.Session().client("s3", config=config)
    except errors.PartialCredentialsError as error:
        raise PublishError(f"s3://{bucket}: {visible(str(error))}; {_CREDENTIALS}") from None
    except (errors.BotoCoreError, ValueError) as error:
        raise PublishError(f"s3://{bucket}: {visible(str(error))}; set AWS_REGION and, for another provider, AWS_ENDPOINT_URL") from None
    return Store(client, bucket, f"{prefix.strip('/')}/" if prefix.strip("/") else "")


def _advice(code: str, said: str) -> str:
    match code:
        case "NoSuchBucket":
            return "there is no such bucket; create it first, then publish again"
        case "AccessDenied" | "403" | "SignatureDoesNotMatch" | "InvalidAccessKeyId":
            return f"access denied ({code}); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may do, then publish again"
        case "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" | "TokenRefreshRequired" | "InvalidToken":
            return f"the credentials are no longer valid ({code}); get new ones, then publish again"
        case "RequestTimeTooSkewed":
            return "the clock of this machine is wrong; set it, then publish again"
        case "SlowDown" | "ServiceUnavailable" | "InternalError" | "500" | "502" | "503" | "504":
            return f"the store did not work {TRIES} times in a row ({code}); publish again in some minutes"
        case _:
            return f"{said.rstrip(': ')}; check AWS_ENDPOINT_URL and what stands before it, then publish again"
