package dev.switchboard.gateway.autoconfigure;

import dev.switchboard.gateway.access.KeyStore;
import dev.switchboard.gateway.key.KeyDirectory;
import dev.switchboard.gateway.security.GatewaySecurity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says once who is let in.
 */
final class GatewayStartupLog implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(GatewayStartupLog.class);

	private final GatewaySecurity security;

	private final KeyStore keys;

	GatewayStartupLog(GatewaySecurity security, KeyStore keys) {
		this.security = security;
		this.keys = keys;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.security.isLocalOnly()) {
			log.warn("The gateway answers callers on this machine only, as there is no key. Add keys under "
					+ "'switchboard.gateway.keys' or at '/switchboard/admin/keys', or an identity provider");
		}
		if (this.keys instanceof KeyDirectory directory) {
			directory.configured().warnings().forEach(log::warn);
		}
		log.info(
				"Gateway: OpenAI wire at /v1, Anthropic wire at /anthropic, the providers' own at /passthrough/<provider>");
	}

}
