// schema.json (from the Python dataclasses) -> schema.ts, so that a field exists once.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const BANNER = "// Generated from lessonlab.schema by hatch_build.py. Do not edit.";

export async function writeSchemaTypes(schemaPath, typesPath) {
  const schema = JSON.parse(await readFile(schemaPath, "utf8"));
  const version = schema["x-protocol-version"];
  const names = Object.keys(schema.$defs).sort();
  const root = {
    title: "Wire",
    type: "object",
    additionalProperties: false,
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }])),
    $defs: Object.fromEntries(names.map((name) => [name, strict(schema.$defs[name])])),
  };
  const types = await compile(root, "Wire", { bannerComment: BANNER, maxItems: -1, format: false });
  await writeFile(typesPath, `${types}\nexport const PROTOCOL_VERSION = ${version};\n`);
}

function strict(definition) {
  const properties = Object.entries(definition.properties ?? {});
  return {
    ...definition,
    additionalProperties: false,
    // Property titles would become one named alias for each field.
    properties: Object.fromEntries(
      properties.map(([name, { title, ...rest }]) => [name, withTuples(rest)]),
    ),
  };
}

// The compiler reads a tuple only in the older spelling, where `items` is a list.
function withTuples(schema) {
  if (schema.prefixItems) {
    const { prefixItems, ...rest } = schema;
    return { ...rest, items: prefixItems, additionalItems: false };
  }
  return schema.items ? { ...schema, items: withTuples(schema.items) } : schema;
}
