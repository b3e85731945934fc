package dev.switchboard.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What another module has under a prefix of its own below {@code switchboard}. A bean of
 * this type has the module's properties inspected as those of the starter are, so that
 * all that is wrong is told at once.
 */
public interface ModuleConfiguration {

	/**
	 * The properties that there are.
	 * @return the record that holds them, with its
	 * {@link org.springframework.boot.context.properties.ConfigurationProperties} that
	 * names the prefix
	 */
	Class<? extends Record> properties();

	/**
	 * What is wrong with the values.
	 * @param routes the names of the routes that are configured
	 * @return the problems; empty if there are none
	 */
	List<ConfigurationProblem> problems(Set<String> routes);

	/**
	 * What somebody may have meant.
	 * @param written what he wrote
	 * @param known what he could have written
	 * @return the word that is most like it; {@code null} if none is
	 */
	static @Nullable String nearest(String written, Collection<String> known) {
		return PropertyNames.nearest(written, known);
	}

}
