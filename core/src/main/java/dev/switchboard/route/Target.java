package dev.switchboard.route;

import java.time.Duration;
import java.util.Map;

import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;

/**
 * One model at one provider, as one route uses it.
 *
 * @param model the model and its provider
 * @param timeout how long one attempt may take; {@code null} for the policy's attempt
 * timeout
 * @param options options of the provider's model, by their names in kebab case, such as
 * {@code temperature} or {@code reasoning-effort}
 */
public record Target(ModelId model, @Nullable Duration timeout, Map<String, Object> options) {

	public Target {
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException("The timeout of " + model + " must be positive, but was " + timeout);
		}
		options = Map.copyOf(options);
	}

	/**
	 * A target with nothing but its model.
	 * @param text {@code provider/model}
	 * @return the target
	 * @throws IllegalArgumentException if the text isn't of that form
	 */
	public static Target of(String text) {
		return new Target(ModelId.parse(text), null, Map.of());
	}

	@Override
	public String toString() {
		return this.model.toString();
	}

}
