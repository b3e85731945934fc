package dev.switchboard.servers;

import java.util.function.Supplier;

import org.testcontainers.DockerClientFactory;

/**
 * Containers or processes.
 */
final class ServerChoice {

	private ServerChoice() {
	}

	static <T> T start(String name, Supplier<T> container, Supplier<T> process) {
		String choice = System.getProperty("it.servers", "auto");
		boolean docker = switch (choice) {
			case "docker" -> true;
			case "native" -> false;
			case "auto" -> DockerClientFactory.instance().isDockerAvailable();
			default -> throw new IllegalArgumentException("it.servers=" + choice + " is none of docker, native, auto");
		};
		System.out.println(name + " runs as " + (docker ? "a container" : "a process"));
		return docker ? container.get() : process.get();
	}

}
