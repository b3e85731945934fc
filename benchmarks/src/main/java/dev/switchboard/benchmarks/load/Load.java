package dev.switchboard.benchmarks.load;

/**
 * One kind of load.
 *
 * @param connections how many connections send as fast as they are answered
 * @param bodyBytes the length of each request, and of each whole answer
 * @param streamed whether streams are asked for
 */
record Load(int connections, int bodyBytes, boolean streamed) {

	String label() {
		return this.connections + ((this.connections == 1) ? " connection, " : " connections, ") + this.bodyBytes / 1024
				+ " KB, " + (this.streamed ? "stream" : "JSON");
	}

}
