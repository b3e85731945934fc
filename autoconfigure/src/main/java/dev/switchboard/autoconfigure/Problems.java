package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Collects what is wrong, so that all of it can be told at once.
 */
final class Problems {

	private final Set<ConfigurationProblem> all = new LinkedHashSet<>();

	private final Set<String> warnings = new LinkedHashSet<>();

	void add(String property, String found, String action) {
		this.all.add(new ConfigurationProblem(property, found, action));
	}

	void add(ConfigurationProblem problem) {
		this.all.add(problem);
	}

	/**
	 * Makes a value that checks itself.
	 * @param <T> its type
	 * @param property the property that it is made from
	 * @param action what to do if it is refused
	 * @param value makes it
	 * @return the value; {@code null} if it was refused, which then is a problem
	 */
	<T> @Nullable T check(String property, String action, Supplier<T> value) {
		try {
			return value.get();
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			add(property, "cannot be used: " + ex.getMessage(), action);
			return null;
		}
	}

	/**
	 * A length of time that must not be zero.
	 * @param property where it stands
	 * @param value what stands there
	 * @return the value; {@code null} if there is none, or it is a problem
	 */
	@Nullable Duration positive(String property, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			add(property, "is '" + DurationStyle.SIMPLE.print(value) + "', but must be positive",
					"give a longer time, or leave the property out");
			return null;
		}
		return value;
	}

	/**
	 * Something that somebody should know, and with which the application can start.
	 * @param warning the whole text; said once, however often it is found
	 */
	void warn(String warning) {
		this.warnings.add(warning);
	}

	/** Whether something is wrong with a property. */
	boolean isAbout(String property) {
		return this.all.stream().anyMatch((problem) -> problem.property().equals(property));
	}

	/**
	 * What is wrong so far.
	 * @return the problems, in the order in which they were found
	 */
	List<ConfigurationProblem> all() {
		return List.copyOf(this.all);
	}

	List<String> warnings() {
		return List.copyOf(this.warnings);
	}

	/**
	 * Ends the start of the application if there is any problem.
	 * @throws InvalidSwitchboardConfigurationException with all of them
	 */
	void throwIfAny() {
		if (!this.all.isEmpty()) {
			throw new InvalidSwitchboardConfigurationException(List.copyOf(this.all));
		}
	}

}
