package dev.switchboard.provider;

import java.util.Set;
import java.util.TreeSet;

import dev.switchboard.cost.ModelId;

/**
 * A target has an option that its provider's models don't know, or whose value doesn't
 * fit. The value itself is never told.
 */
public final class InvalidTargetOptionException extends IllegalArgumentException {

	private final ModelId target;

	private final String option;

	private final Set<String> knownOptions;

	InvalidTargetOptionException(ModelId target, String option, Set<String> knownOptions, String problem) {
		super("Option '" + option + "' of target '" + target + "' " + problem);
		this.target = target;
		this.option = option;
		this.knownOptions = new TreeSet<>(knownOptions);
	}

	static InvalidTargetOptionException unknown(ModelId target, String option, Set<String> knownOptions) {
		return new InvalidTargetOptionException(target, option, knownOptions,
				"is not known. Action: use one of " + new TreeSet<>(knownOptions));
	}

	static InvalidTargetOptionException unfit(ModelId target, String option, Set<String> knownOptions, String type,
			String found) {
		return new InvalidTargetOptionException(target, option, knownOptions,
				"takes another kind of value (" + type + ") than it is set to (" + found + ")");
	}

	/**
	 * The target.
	 * @return the model and its provider
	 */
	public ModelId target() {
		return this.target;
	}

	/**
	 * The option's name, as configured.
	 * @return the name
	 */
	public String option() {
		return this.option;
	}

	/**
	 * The options that could have been set.
	 * @return their names in kebab case, sorted
	 */
	public Set<String> knownOptions() {
		return new TreeSet<>(this.knownOptions);
	}

}
