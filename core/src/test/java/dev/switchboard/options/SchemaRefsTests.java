package dev.switchboard.options;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaRefsTests {

	@Test
	void definitionsArePutWhereTheyAreReferredTo() {
		assertThat(SchemaRefs.inline("""
				{"$defs":{"a":{"type":"object","properties":{"b":{"$ref":"#/$defs/b"}}},"b":{"type":"string"}},\
				"type":"object","properties":{"x":{"$ref":"#/$defs/a","description":"the x"},\
				"y":{"anyOf":[{"$ref":"#/$defs/b"},{"type":"null"}]}}}""")).isEqualTo("""
				{"type":"object","properties":{"x":{"type":"object","properties":{"b":{"type":"string"}},\
				"description":"the x"},"y":{"anyOf":[{"type":"string"},{"type":"null"}]}}}""");
	}

	@Test
	void olderDraftsCallThemDefinitions() {
		assertThat(SchemaRefs
			.inline("{\"definitions\":{\"a\":{\"type\":\"string\"}},\"items\":{\"$ref\":\"#/definitions/a\"}}"))
			.isEqualTo("{\"items\":{\"type\":\"string\"}}");
	}

	@Test
	void aPropertyMayBeCalledDefinitions() {
		String schema = "{\"type\":\"object\",\"properties\":{\"definitions\":{\"type\":\"string\"}}}";
		assertThat(SchemaRefs.inline(schema)).isEqualTo(schema);
	}

	@Test
	void whatCannotBeInlinedIsNone() {
		assertThat(SchemaRefs.inline("{\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}}")).isNull();
		assertThat(SchemaRefs.inline("{\"items\":{\"$ref\":\"#/$defs/missing\"}}")).isNull();
		assertThat(SchemaRefs.inline("{\"items\":{\"$ref\":\"https://example.org/schema\"}}")).isNull();
		assertThat(SchemaRefs.inline("no json")).isNull();
	}

}
