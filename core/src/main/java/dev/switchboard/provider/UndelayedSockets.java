package dev.switchboard.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/**
 * Sockets that send what they are given at once. Otherwise the end of a request that
 * takes more than one packet waits until the provider has acknowledged its beginning,
 * which it puts off for 40 ms (Nagle's algorithm and delayed acknowledgements).
 */
final class UndelayedSockets extends SocketFactory {

	@Override
	public Socket createSocket() throws IOException {
		return undelayed(new Socket());
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return undelayed(new Socket(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return undelayed(new Socket(host, port, localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return undelayed(new Socket(host, port));
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
			throws IOException {
		return undelayed(new Socket(address, port, localAddress, localPort));
	}

	private static Socket undelayed(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		return socket;
	}

}
