package dev.switchboard.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the curated catalog, {@code models.json} beside this class. What it says of a
 * model it says with its source; an application corrects it with
 * {@link ModelCatalog#with}.
 */
public final class CatalogLoader {

	private static final String CURATED = "models.json";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
		.enumNamingStrategy(EnumNamingStrategies.LOWER_CASE)
		// A misspelt fact would otherwise be a missing one.
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private CatalogLoader() {
	}

	/**
	 * The curated catalog.
	 * @return what is known of the models of the well-known providers
	 */
	public static ModelCatalog load() {
		try (InputStream json = CatalogLoader.class.getResourceAsStream(CURATED)) {
			if (json == null) {
				throw new IllegalStateException("The model catalog '" + CURATED + "' is missing from the jar");
			}
			return read(json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a catalog.
	 * @param json the catalog's text
	 * @return the catalog
	 * @throws IllegalArgumentException if a model is there twice, or what is said of it
	 * cannot be
	 */
	static ModelCatalog read(InputStream json) {
		Map<ModelId, ModelCard> cards = new LinkedHashMap<>();
		MAPPER.readValue(json, CatalogFile.class).models().forEach((name, entry) -> {
			ModelCard card = entry.card();
			add(name, card, cards);
			List<String> aliases = entry.aliases();
			if (aliases != null) {
				aliases.forEach((alias) -> add(alias, card, cards));
			}
		});
		return new ModelCatalog(cards);
	}

	private static void add(String name, ModelCard card, Map<ModelId, ModelCard> cards) {
		if (cards.put(ModelId.parse(name), card) != null) {
			throw new IllegalArgumentException("The model catalog names '" + name + "' twice");
		}
	}

	record CatalogFile(Map<String, CatalogEntry> models) {

	}

}
