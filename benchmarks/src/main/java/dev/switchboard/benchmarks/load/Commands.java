package dev.switchboard.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the servers are started.
 */
final class Commands {

	private static final String HEAP = "-Xmx512m";

	/**
	 * What plain Spring Cloud Gateway doesn't have on its class path. Without Apache's
	 * client, Spring Boot chooses the JDK's, as in an application that has only the
	 * gateway's starter.
	 */
	private static final Set<String> NOT_PLAIN = Set.of("switchboard-", "spring-security-", "spring-boot-security-",
			"spring-boot-starter-security-", "spring-ai-", "httpclient5-", "httpcore5-", "okhttp-", "anthropic-",
			"openai-");

	private final Path directory;

	Commands(Path directory) {
		this.directory = directory;
	}

	List<String> standIn(int port) {
		return java(StandIn.class, classPath(), Integer.toString(port));
	}

	List<String> contender(Contender contender, int port, int standInPort) throws IOException {
		return switch (contender) {
			case DIRECT -> throw new IllegalArgumentException("Nothing stands before the stand-in");
			case NGINX -> nginx(port, standInPort);
			case SPRING_CLOUD_GATEWAY ->
				java(PlainGateway.class, plainClassPath(), Integer.toString(port), Integer.toString(standInPort));
			case PASSTHROUGH, RELAY, LEDGER, TRANSLATION ->
				java(SwitchboardGateway.class, classPath(), Integer.toString(port), Integer.toString(standInPort),
						Boolean.toString(contender == Contender.LEDGER));
		};
	}

	/**
	 * A gateway with a ledger.
	 * @param properties further properties of it, each as {@code --name=value}
	 */
	List<String> node(int port, int standInPort, List<String> properties) {
		List<String> arguments = new ArrayList<>(
				List.of(Integer.toString(port), Integer.toString(standInPort), Boolean.toString(true)));
		arguments.addAll(properties);
		return java(SwitchboardGateway.class, classPath(), arguments.toArray(String[]::new));
	}

	private static List<String> java(Class<?> main, String classPath, String... arguments) {
		Stream<String> command = Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
				"-cp", classPath, main.getName());
		return Stream.concat(command, Stream.of(arguments)).toList();
	}

	private static String classPath() {
		return System.getProperty("java.class.path");
	}

	private static String plainClassPath() {
		return Stream.of(classPath().split(File.pathSeparator))
			.filter((entry) -> NOT_PLAIN.stream().noneMatch(Path.of(entry).getFileName().toString()::startsWith))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private List<String> nginx(int port, int standInPort) throws IOException {
		Path home = Files.createDirectories(this.directory.resolve("nginx")).toAbsolutePath();
		Path configuration = home.resolve("nginx.conf");
		Files.writeString(configuration, """
				daemon off;
				master_process off;
				worker_processes 1;
				pid %1$s/nginx.pid;
				error_log stderr error;
				events { worker_connections 4096; }
				http {
					access_log off;
					client_body_temp_path %1$s/body;
					proxy_temp_path %1$s/proxy;
					client_body_buffer_size 64k;
					keepalive_requests 100000000;
					upstream stand_in {
						server 127.0.0.1:%2$d;
						keepalive 512;
						keepalive_requests 100000000;
					}
					server {
						listen 127.0.0.1:%3$d backlog=2048;
						location / {
							proxy_pass http://stand_in;
							proxy_http_version 1.1;
							proxy_set_header Connection "";
							proxy_buffering off;
						}
					}
				}
				""".formatted(home, standInPort, port));
		return List.of("nginx", "-p", home.toString(), "-c", configuration.toString(), "-e", "stderr");
	}

}
