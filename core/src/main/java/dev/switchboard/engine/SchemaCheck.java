package dev.switchboard.engine;

import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks answers against the JSON schema that they were asked to keep to.
 */
final class SchemaCheck {

	private static final Logger log = LoggerFactory.getLogger(SchemaCheck.class);

	private static final int KEPT_SCHEMAS = 200;

	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private final Cache<String, Schema> compiled = Caffeine.newBuilder().maximumSize(KEPT_SCHEMAS).build();

	/**
	 * How an answer breaks its schema.
	 * @param answer the answer, which may stand in a Markdown code fence
	 * @param schema the JSON schema
	 * @return where and which keyword, never the content; {@code null} if it keeps to it
	 */
	@Nullable String violation(String answer, String schema) {
		Schema validator;
		try {
			validator = this.compiled.get(schema, this.registry::getSchema);
		}
		catch (RuntimeException ex) {
			// The caller's schema; what it means for the answer is for the caller's own
			// converter to say.
			log.debug("Output schema can't be read error={}", ex.getClass().getSimpleName());
			return null;
		}
		List<Error> errors;
		try {
			errors = validator.validate(withoutFence(answer), InputFormat.JSON);
		}
		catch (RuntimeException notJson) {
			return "The answer was to keep to a JSON schema, but isn't JSON";
		}
		if (errors.isEmpty()) {
			return null;
		}
		Error first = errors.get(0);
		return "The answer doesn't keep to its JSON schema at '" + first.getInstanceLocation() + "' ("
				+ first.getKeyword() + ")";
	}

	private static String withoutFence(String answer) {
		String text = answer.strip();
		if (!text.startsWith("```") || !text.endsWith("```") || text.indexOf('\n') < 0) {
			return text;
		}
		return text.substring(text.indexOf('\n') + 1, text.length() - 3);
	}

}
