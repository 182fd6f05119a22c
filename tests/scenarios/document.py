"""The OpenAPI document: finds the operation of a request and holds answers against its schemas."""

import re

import jsonschema


class Document:
    def __init__(self, openapi):
        self.openapi = openapi
        self.resolver = jsonschema.RefResolver.from_schema(openapi)
        self.patterns = []
        for path in openapi["paths"]:
            pattern = re.sub(r"\{[^}]+\}", r"[^/]+", path)
            self.patterns.append((path.count("{"), re.compile(f"^{pattern}$"), path))
        self.patterns.sort(key=lambda entry: entry[0])
        self.seen = set()  # operation and status of every answer that was held against it

    def operations(self):
        for path, item in self.openapi["paths"].items():
            for method, operation in item.items():
                yield method.upper(), path, operation

    def operation_of(self, method, target):
        path = target.split("?")[0]
        method = "GET" if method == "HEAD" else method  # the same without its body
        for _, pattern, template in self.patterns:
            item = self.openapi["paths"][template]
            if pattern.match(path) and method.lower() in item:
                return item[method.lower()]
        return None

    def response_of(self, operation, status):
        responses = operation["responses"]
        names = (str(status), f"{status // 100}XX", "default")
        found = next((responses[name] for name in names if name in responses), None)
        if found and "$ref" in found:
            found = self.resolver.resolve(found["$ref"])[1]
        return found

    def complaint(self, method, target, answer):
        """What is wrong with an answer, or None."""
        operation = self.operation_of(method, target)
        if operation is None:
            none = "no operation of the document answers this"
            return None if answer.status in (404, 405) else none
        self.seen.add((operation["operationId"], answer.status))
        response = self.response_of(operation, answer.status)
        if response is None:
            return f"{operation['operationId']} does not say that it answers {answer.status}"
        content = response.get("content")
        if not content or not answer.body:
            return None
        if answer.type not in content:
            return f"{operation['operationId']} does not answer {answer.type}"
        if answer.json is None:
            return None
        schema = content[answer.type]["schema"]
        validator = jsonschema.Draft202012Validator(schema, resolver=self.resolver)
        chosen = "fields=" in target  # the caller left members out
        errors = [error for error in validator.iter_errors(answer.json)
                  if not (chosen and error.validator == "required" and len(error.path) <= 2)]
        errors.sort(key=lambda error: list(map(str, error.path)))
        if errors:
            at = ".".join(str(part) for part in errors[0].path)
            return f"{operation['operationId']}: {at}: {errors[0].message[:300]}"
        return None
