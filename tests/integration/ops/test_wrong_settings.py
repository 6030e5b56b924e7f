"""A wrong ARN, bucket, key, token, region or clock: one line that says which setting to change, and nothing is lost."""

import datetime
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import minio.api
import pytest
from minio import Minio
from minio.error import S3Error
from urllib3 import HTTPResponse

from ops.maintenance.bucket_notifications import ensure_rule
from ops.testservers import Server
from schemas.errors import DependencyError, SettingsError
from tests.support.command_line import gongkai
from workers.settings import load
from workers.storage.open import open_store
from workers.storage.s3_refusals import concerns_key, explain


def variables(server: Server, bucket: str, **more: str) -> dict[str, str]:
    return {
        "GONGKAI_OBJECTS_URL": f"s3://{urlsplit(server.url).netloc}/{bucket}",
        "GONGKAI_S3_ACCESS_KEY": server.access_key,
        "GONGKAI_S3_SECRET_KEY": server.secret_key,
        **more,
    }


def the_line(done: subprocess.CompletedProcess[str], about: str) -> str:
    told = (done.stdout + done.stderr).splitlines()
    assert "Traceback" not in done.stderr
    (line,) = [line for line in told if about in line]
    return line


@pytest.mark.s3
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("GONGKAI_S3_ACCESS_KEY", "nobody"),
        ("GONGKAI_S3_SECRET_KEY", "not the secret"),
        ("GONGKAI_OBJECTS_URL", "{url}-mistyped"),
    ],
)
def test_a_wrong_key_or_bucket_is_one_line_that_names_the_setting(
    s3_server: Server, s3_bucket: str, tmp_path: Path, setting: str, value: str
) -> None:
    right = variables(s3_server, s3_bucket)
    wrong = {**right, setting: value.format(url=right["GONGKAI_OBJECTS_URL"])}
    line = the_line(gongkai("doctor", folder=tmp_path, **wrong), "inbox")
    assert line.startswith("DOWN")
    assert setting in line
    path = tmp_path / "a.txt"
    path.write_text("通知\n")
    done = gongkai("upload", str(path), folder=tmp_path, **wrong)
    assert done.returncode == 1
    assert setting in the_line(done, "object store")
    right_client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
    assert not right_client.bucket_exists(f"{s3_bucket}-mistyped"), "nothing may be made of a mistyped name"


@pytest.mark.s3
def test_a_wrong_clock_is_named(s3_server: Server, s3_bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = minio.api.time.utcnow
    monkeypatch.setattr(minio.api.time, "utcnow", lambda: real() - datetime.timedelta(hours=2))
    settings = load(variables(s3_server, s3_bucket))
    with pytest.raises(DependencyError, match="set the clock of this machine"):
        open_store(settings.objects_url, settings).describe()


@pytest.mark.s3
@pytest.mark.parametrize("arn", ["arn:minio:sqs::MISTYPED:webhook", "nonsense", "arn:aws:sns:default::mistyped"])
def test_a_wrong_target_of_events_is_one_line_with_the_arn_and_the_answer(
    s3_server: Server, s3_bucket: str, tmp_path: Path, arn: str
) -> None:
    given = variables(s3_server, s3_bucket, GONGKAI_EVENTS_TARGET=arn)
    done = gongkai("doctor", "--bootstrap", folder=tmp_path, **given)
    if s3_server.kind == "seaweedfs" and done.returncode == 0:
        pytest.skip("SeaweedFS takes any rule and sends events of its own")
    line = the_line(done, "GONGKAI_EVENTS_TARGET")
    assert done.returncode == 2
    assert arn in line
    # All else was created: only the rule is missing.
    assert gongkai("doctor", folder=tmp_path, **variables(s3_server, s3_bucket)).returncode == 0


@pytest.mark.s3
def test_a_refused_rule_is_an_error_of_ours_that_names_the_setting(s3_server: Server, s3_bucket: str) -> None:
    client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, "wrong", secure=False, region="us-east-1")
    with pytest.raises(SettingsError, match="GONGKAI_S3_SECRET_KEY"):
        ensure_rule(client, s3_bucket, "arn:minio:sqs::X:webhook")


def refusal(status: int, code: str) -> S3Error:
    response = HTTPResponse(status=status)
    return S3Error(response=response, code=code, message="m", resource="r", request_id="1", host_id="h")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "code", "setting"),
    [
        (400, "AuthorizationHeaderMalformed", "GONGKAI_S3_REGION"),
        (301, "PermanentRedirect", "GONGKAI_S3_REGION"),
        (403, "InvalidAccessKeyId", "GONGKAI_S3_ACCESS_KEY"),
        (404, "XAdminUserNotFound", "GONGKAI_S3_ACCESS_KEY"),
        (403, "SignatureDoesNotMatch", "GONGKAI_S3_SECRET_KEY"),
        (403, "RequestTimeTooSkewed", "clock"),
        (404, "NoSuchBucket", "GONGKAI_OBJECTS_URL"),
    ],
)
def test_each_refusal_of_a_setting_names_it_and_is_no_fault_of_the_key(status: int, code: str, setting: str) -> None:
    assert setting in explain(refusal(status, code))
    assert not concerns_key(refusal(status, code))


@pytest.mark.parametrize(
    ("status", "code", "concerns"),
    [
        (400, "XMinioInvalidResourceName", True),
        (400, "XMinioInvalidObjectName", True),
        (400, "KeyTooLongError", True),
        (409, "ObjectParentIsFile", True),
        (409, "ExistingObjectIsDirectory", True),
        (413, "EntityTooLarge", True),
        (400, "RequestTimeout", False),
        (409, "OperationAborted", False),
        (503, "SlowDown", False),
        (500, "InternalError", False),
        (507, "XMinioStorageFull", False),
    ],
)
def test_what_concerns_one_key_is_told_from_an_outage(status: int, code: str, concerns: bool) -> None:
    assert concerns_key(refusal(status, code)) is concerns
