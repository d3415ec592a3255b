"""The OpenAPI document as a page: no script, nothing from elsewhere."""

from __future__ import annotations

import json
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { padding: .75rem; overflow-x: auto; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
h2 { margin-top: 2.5rem; } h2 code { font-size: 1em; }
table { border-collapse: collapse; } td, th { text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0; }
""".strip()  # noqa: E501


def html(document: dict[str, Any]) -> str:
    """One page with every path, its fields, an example and the answer's schema."""
    info = document["info"]
    schemas = document["components"]["schemas"]
    token = "securitySchemes" in document["components"]
    parts = [f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>",
             f"<p>{escape(info['description'])}</p>",
             '<p>For programs: <a href="/openapi.json">openapi.json</a>.</p>']  # fmt: skip
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parts += _operation(path, method, operation, schemas, token)
    parts += ["<h2>Errors</h2>", "<p>Every error has this form:</p>", _schema(schemas["Error"])]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>rolefit: the service</title><style>{_STYLE}</style><main>{''.join(parts)}</main>"
        "</html>"
    )


def _operation(
    path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any], token: bool
) -> list[str]:
    parts = [f'<h2 id="{escape(operation["operationId"])}">'
             f"<code>{method.upper()} {escape(path)}</code></h2>",
             f"<p>{escape(operation['summary'])} {escape(operation.get('description', ''))}</p>"
             ]  # fmt: skip
    if "requestBody" not in operation:
        return parts
    content = operation["requestBody"]["content"]
    body = content["application/json"]
    parts += [_fields(_followed(body["schema"], schemas), schemas)]
    if "multipart/form-data" in content:
        parts.append("<p>Also as a form (multipart/form-data), with files in place of texts.</p>")
    parts.append(f"<pre>{escape(_curl(path, body['example'], token))}</pre>")
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    shown = _schema(_followed(answer, schemas))
    parts.append(f"<details><summary>The answer's schema</summary>{shown}</details>")
    return parts


def _curl(path: str, example: dict[str, Any], token: bool) -> str:
    told = ' -H "Authorization: Bearer $ROLEFIT_TOKEN"' if token else ""
    sent = json.dumps(example).replace("'", "'\\''")
    return (
        f"curl http://127.0.0.1:8000{path}{told} \\\n"
        f"  -H 'Content-Type: application/json' -d '{sent}'"
    )


def _fields(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    rows = []
    for name, field in schema["properties"].items():
        needed = "must be given" if name in schema.get("required", ()) else "may be given"
        about = field.get("description") or next(
            (one["description"] for one in field.get("anyOf", ()) if "description" in one), ""
        )
        rows.append(
            f"<tr><td><code>{escape(name)}</code><td>{escape(_kind(field, schemas))}<td>{needed}"
            f"<td>{escape(about)}"
        )
    return f"<table><tr><th>field<th>type<th><th>{''.join(rows)}</table>"


def _kind(field: dict[str, Any], schemas: dict[str, Any]) -> str:
    if "$ref" in field:
        fields = _followed(field, schemas)["properties"]
        return "{" + ", ".join(fields) + "}"
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(_kind(one, schemas) for one in field["anyOf"]))
    if "enum" in field:
        return " or ".join(json.dumps(value) for value in field["enum"])
    if field.get("type") == "array":
        return f"list of ({_kind(field['items'], schemas)})"
    return str(field.get("type", "anything"))


def _followed(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = schemas[name] if name else schema
    return found


def _schema(schema: dict[str, Any]) -> str:
    return f"<pre>{escape(json.dumps(schema, indent=1))}</pre>"
