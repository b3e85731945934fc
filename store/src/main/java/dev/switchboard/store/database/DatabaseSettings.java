package dev.switchboard.store.database;

import java.nio.file.Path;
import java.util.UUID;

import dev.switchboard.provider.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Which database.
 *
 * @param url its JDBC URL; of H2 or PostgreSQL
 * @param username who signs in; {@code null} for nobody
 * @param password his password; {@code null} for none
 * @param embedded whether nobody else opens it, so that it is shut down when it is closed
 */
public record DatabaseSettings(String url, @Nullable String username, @Nullable Secret password, boolean embedded) {

	private static final String H2_MEMORY = "jdbc:h2:mem:";

	/**
	 * A database that is there already.
	 * @param url its JDBC URL
	 * @param username who signs in; {@code null} for nobody
	 * @param password his password; {@code null} for none
	 * @return the database
	 */
	public static DatabaseSettings at(String url, @Nullable String username, @Nullable Secret password) {
		return new DatabaseSettings(url, username, password, false);
	}

	/**
	 * A database that ends with its process.
	 * @return an H2 database of its own
	 */
	public static DatabaseSettings inMemory() {
		return new DatabaseSettings(H2_MEMORY + "switchboard-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", null, null,
				true);
	}

	/**
	 * A database in files.
	 * @param folder where they stand
	 * @return an H2 database
	 */
	public static DatabaseSettings inFolder(Path folder) {
		// It is closed by whoever opened it, not behind his back as the process ends.
		return new DatabaseSettings("jdbc:h2:file:" + folder.toAbsolutePath().resolve("switchboard")
				+ ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE", null, null, true);
	}

	/**
	 * Whether it ends with its process.
	 * @return whether it does
	 */
	public boolean isInMemory() {
		return this.url.startsWith(H2_MEMORY);
	}

	// A URL may hold a password.
	@Override
	public String toString() {
		return "DatabaseSettings[" + Dialect.scheme(this.url) + "]";
	}

}
