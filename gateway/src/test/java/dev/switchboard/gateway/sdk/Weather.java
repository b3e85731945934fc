package dev.switchboard.gateway.sdk;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A tool. Its schema is written out: what makes schemas of classes in the libraries needs
 * another version of its parts than Spring AI brings.
 */
class Weather {

	static final String NAME = "weather";

	static final String DESCRIPTION = "Tells the weather of a city";

	static final Map<String, Object> PROPERTIES = Map.of("city",
			Map.of("type", "string", "description", "Name of the city"));

	static final Map<String, Object> SCHEMA = Map.of("type", "object", "properties", PROPERTIES, "required",
			List.of("city"), "additionalProperties", false);

	@JsonProperty
	private String city = "";

	/** What the tool gives back. */
	String tell() {
		return this.city + " is sunny";
	}

}
