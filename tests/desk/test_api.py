"""The API gives what its OpenAPI description says."""

from __future__ import annotations

from jsonschema import Draft202012Validator

from tests.desk.conftest import Browser

HOSTILE = ("", "'", "-1", "9" * 30, "\u202e", "%00", "../../etc/passwd", "null", "a" * 2000)


def test_every_answer_is_as_described(desk: Browser):
    told = desk.get("/openapi.json").json()
    incident = desk.get("/api/v1/incidents").json()["incidents"][0]["id"]
    document = desk.get("/api/v1/reports").json()["rows"][0]["id"]
    samples = {
        "/api/v1/incidents/{incident_id}": f"/api/v1/incidents/{incident}",
        "/api/v1/reports/{document_id}": f"/api/v1/reports/{document}",
        "/api/v1/source": "/api/v1/source?name=Baza",
    }
    assert set(samples) < set(told["paths"])
    for path, operations in told["paths"].items():
        assert set(operations) == {"get"}, "programs read; people decide"
        answer = desk.get(samples.get(path, path))
        assert answer.status_code == 200, path
        schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": told["components"]})
        assert not list(validator.iter_errors(answer.json())), path


def test_errors_are_as_described_whatever_is_asked(desk: Browser):
    told = desk.get("/openapi.json").json()
    schema = {"$ref": "#/components/schemas/ErrorAnswer", "components": told["components"]}
    validator = Draft202012Validator(schema)
    for path, operations in told["paths"].items():
        names = [p["name"] for p in operations["get"]["parameters"] if p["in"] == "query"]
        for value in HOSTILE:
            answer = desk.get(
                path.replace("{incident_id}", "iffff").replace("{document_id}", "dffff"),
                params=dict.fromkeys(names, value),
            )
            assert answer.status_code in (200, 404, 422), (path, value)
            if answer.status_code != 200:
                assert not list(validator.iter_errors(answer.json())), (path, value)
