package dev.switchboard.simulator.chat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The smallest JSON for a schema.
 */
class SchemaInstanceTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"type":"string"}                                                   | "word"
			{"type":"string","maxLength":2}                                     | "wo"
			{"type":"string","minLength":6}                                     | "wordxx"
			{"type":"string","enum":["a","b"]}                                  | "a"
			{"type":"string","format":"date"}                                   | "2026-01-31"
			{"const":7}                                                         | 7
			{"type":"integer"}                                                  | 1
			{"type":"integer","minimum":5}                                      | 5
			{"type":"integer","exclusiveMinimum":5}                             | 6
			{"type":"integer","maximum":0}                                      | 0
			{"type":"number"}                                                   | 1.0
			{"type":"boolean"}                                                  | true
			{"type":"null"}                                                     | null
			{"type":["null","string"]}                                          | "word"
			{"type":"array","items":{"type":"integer"},"minItems":2}            | [1,1]
			{"type":"array","items":{"type":"integer"}}                         | [1]
			{"anyOf":[{"type":"null"},{"type":"boolean"}]}                      | true
			{"type":"OBJECT","properties":{"A":{"type":"STRING"}}}              | {"A":"word"}
			{"properties":{"a":{"$ref":"#/$defs/b"}},"$defs":{"b":{"type":"boolean"}}} | {"a":true}
			{"allOf":[{"properties":{"a":{}}},{"properties":{"b":{"type":"integer"}}}]} | {"a":"word","b":1}
			{}                                                                  | "word"
			""")
	void anInstanceMeetsItsSchema(String schema, String instance) {
		assertThat(SchemaInstance.of(JSON.readTree(schema), "word")).hasToString(instance);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"$ref":"#"}
			{"properties":{"child":{"$ref":"#"}}}
			{"type":"array","items":{"$ref":"#"}}
			{"properties":{"child":{"$ref":"#"}},"required":["child"]}
			""")
	void aSchemaWithoutEndHasAnInstanceNevertheless(String schema) {
		assertThat(SchemaInstance.of(JSON.readTree(schema), "word").toString()).hasSizeLessThan(1000);
	}

}
