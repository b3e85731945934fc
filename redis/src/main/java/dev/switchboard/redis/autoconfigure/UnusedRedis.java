package dev.switchboard.redis.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says that Redis could be used and is not, to those who have only added the dependency.
 */
final class UnusedRedis implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(UnusedRedis.class);

	@Override
	public void afterSingletonsInstantiated() {
		log.info("Redis is not used, as property 'switchboard.redis.url' does not say where it is");
	}

}
