package dev.switchboard.store.autoconfigure;

import java.time.Duration;

import dev.switchboard.provider.Secret;
import dev.switchboard.store.budget.OutageRule;
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
 * @param budgets How budgets are kept.
 * @param refresh Time after which a node looks for what others have changed: keys, teams,
 * and what is set at run time.
 */
@ConfigurationProperties("switchboard.store")
record StoreProperties(@Nullable String url, @Nullable String username, @Nullable Secret password,
		@Nullable String path, @DefaultValue Budgets budgets, @DefaultValue("5s") Duration refresh) {

	/**
	 * How budgets are kept.
	 *
	 * @param onOutage What becomes of calls that a budget concerns while the database is
	 * away: they go on and are booked later, or those are refused that a budget holds
	 * back.
	 */
	record Budgets(@DefaultValue("fail-open") OutageRule onOutage) {

	}

}
