package dev.switchboard.autoconfigure;

import java.util.Arrays;
import java.util.List;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.validation.MessageInterpolatorFactory;
import org.springframework.core.env.Environment;

/**
 * Finds what is wrong with the properties themselves, before anything is made of them:
 * keys that nobody knows, and values out of their range.
 */
final class ConfigurationInspection {

	private final ListableBeanFactory beans;

	private final Environment environment;

	ConfigurationInspection(ListableBeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	void inspect(SwitchboardProperties properties, Problems problems) {
		new UnknownKeys(this.environment, prefixesOfOthers()).report(problems);
		try (ValidatorFactory validation = Validation.byDefaultProvider()
			.configure()
			.messageInterpolator(new MessageInterpolatorFactory().getObject())
			.buildValidatorFactory()) {
			validation.getValidator().validate(properties).forEach((violation) -> report(violation, problems));
		}
	}

	private List<String> prefixesOfOthers() {
		return Arrays.stream(this.beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
			.map((name) -> this.beans.findAnnotationOnBean(name, ConfigurationProperties.class, false))
			.filter((annotation) -> annotation != null && annotation.prefix().startsWith("switchboard."))
			.map(ConfigurationProperties::prefix)
			.toList();
	}

	private static void report(ConstraintViolation<SwitchboardProperties> violation, Problems problems) {
		StringBuilder property = new StringBuilder("switchboard");
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
		Object value = violation.getInvalidValue();
		boolean missing = value == null || value.toString().isBlank();
		problems.add(property.toString(), missing ? "is missing" : "is '" + value + "', but " + violation.getMessage(),
				missing ? "add it" : "correct it");
	}

}
