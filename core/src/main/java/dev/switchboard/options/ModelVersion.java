package dev.switchboard.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version that the names of most models carry, for what changed with one. */
final class ModelVersion {

	/** As {@code 4.7}, {@code 4-7} or {@code 5}; what is longer is a date. */
	private static final String NUMBER = "(\\d{1,2})(?!\\d)(?:[.-](\\d{1,2})(?!\\d))?";

	private ModelVersion() {
	}

	/** The pattern of a family's names, up to where the version begins. */
	static Pattern family(String start) {
		return Pattern.compile(start + NUMBER);
	}

	/**
	 * The version in a model's name.
	 * @param model the name
	 * @param family the family's pattern
	 * @return a hundred times the version's first number plus its second, such as 407 for
	 * 4.7; 0 if the model is of another family or carries none
	 */
	static int of(String model, Pattern family) {
		Matcher matcher = family.matcher(model);
		if (!matcher.find()) {
			return 0;
		}
		int minor = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : 0;
		return Integer.parseInt(matcher.group(1)) * 100 + minor;
	}

}
