package dev.switchboard.servers;

/**
 * Where a database is, and who may use it.
 *
 * @param host the host
 * @param port the port
 * @param name the database's name
 * @param user the user's name
 * @param password the user's password, which protects nothing
 */
public record PostgresDatabase(String host, int port, String name, String user, String password) {

	public String url() {
		return "jdbc:postgresql://" + this.host + ":" + this.port + "/" + this.name;
	}

	/** The same database, at the end of a way. */
	public PostgresDatabase through(CuttableWay way) {
		return new PostgresDatabase(way.host(), way.port(), this.name, this.user, this.password);
	}

}
