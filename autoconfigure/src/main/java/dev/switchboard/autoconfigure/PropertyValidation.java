package dev.switchboard.autoconfigure;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.springframework.boot.validation.MessageInterpolatorFactory;

/**
 * Finds values out of their range.
 */
final class PropertyValidation {

	private PropertyValidation() {
	}

	/**
	 * Looks at all values of a record, and of those below it.
	 * @param properties the record
	 * @param prefix where it stands
	 */
	static void report(Record properties, String prefix, Problems problems) {
		try (ValidatorFactory validation = Validation.byDefaultProvider()
			.configure()
			.messageInterpolator(new MessageInterpolatorFactory().getObject())
			.buildValidatorFactory()) {
			validation.getValidator().validate(properties).forEach((violation) -> report(violation, prefix, problems));
		}
	}

	private static void report(ConstraintViolation<Record> violation, String prefix, Problems problems) {
		StringBuilder property = new StringBuilder(prefix);
		for (Path.Node node : violation.getPropertyPath()) {
			if (node.getIndex() != null) {
				property.append('[').append(node.getIndex()).append(']');
			}
			else if (node.getKey() != null) {
				property.append('.').append(node.getKey());
			}
			if (node.getName() != null && !node.getName().startsWith("<")) {
				property.append('.').append(PropertyNames.dashed(node.getName()));
			}
		}
		if (problems.isAbout(property.toString())) {
			// What could not be read is not missing.
			return;
		}
		Object value = violation.getInvalidValue();
		boolean missing = value == null || value.toString().isBlank();
		problems.add(property.toString(), missing ? "is missing" : "is '" + value + "', but " + violation.getMessage(),
				missing ? "add it" : "correct it");
	}

}
