package dev.switchboard.autoconfigure;

import java.util.Map;

import dev.switchboard.autoconfigure.SwitchboardProperties.Target;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads a target that is written as one word: a list of targets may mix such words with
 * maps, and Spring Boot binds the latter by itself.
 */
final class TargetConverter implements Converter<String, Target> {

	@Override
	public Target convert(String source) {
		return new Target(source.strip(), null, Map.of());
	}

}
