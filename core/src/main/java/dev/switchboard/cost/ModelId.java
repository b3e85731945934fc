package dev.switchboard.cost;

/**
 * A model at a provider, written {@code provider/model}.
 *
 * @param provider the provider's name, as configured; has no slash
 * @param model the provider's own identifier of the model; may contain slashes
 */
public record ModelId(String provider, String model) {

	public ModelId {
		if (provider.isBlank() || provider.indexOf('/') >= 0) {
			throw new IllegalArgumentException("A provider's name must be a word without a slash: '" + provider + "'");
		}
		if (model.isBlank()) {
			throw new IllegalArgumentException("A model of provider '" + provider + "' must have a name");
		}
	}

	/**
	 * Reads {@code provider/model}; the first slash splits.
	 * @param text the text to read
	 * @return the identifier
	 * @throws IllegalArgumentException if the text has no slash, or nothing on one side
	 * of it
	 */
	public static ModelId parse(String text) {
		int slash = text.indexOf('/');
		if (slash <= 0 || slash == text.length() - 1) {
			throw new IllegalArgumentException("A target is written 'provider/model', but found '" + text + "'");
		}
		return new ModelId(text.substring(0, slash).strip(), text.substring(slash + 1).strip());
	}

	@Override
	public String toString() {
		return this.provider + "/" + this.model;
	}

}
