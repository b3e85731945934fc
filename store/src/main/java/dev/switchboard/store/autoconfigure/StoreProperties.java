package dev.switchboard.store.autoconfigure;

import java.time.Duration;

import dev.switchboard.provider.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that is configured under {@code switchboard.store}.
 *
 * @param url JDBC URL of a database of PostgreSQL or H2. Without it the store is an H2
 * database of its own.
 * @param username Name by which to sign in there.
 * @param password Password by which to sign in there.
 * @param path Folder for the files of the H2 database and for the journal. Without it,
 * and without a URL, all of it is in memory and ends with the application.
 * @param keys Keys and teams of the gateway.
 */
@ConfigurationProperties("switchboard.store")
record StoreProperties(@Nullable String url, @Nullable String username, @Nullable Secret password,
		@Nullable String path, @DefaultValue Keys keys) {

	/**
	 * Keys and teams of the gateway.
	 *
	 * @param refresh Time after which a node looks for changes that others have made.
	 */
	record Keys(@DefaultValue("5s") Duration refresh) {

	}

}
