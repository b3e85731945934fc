package dev.switchboard.sample;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Lets everybody see the page, play with it and read the actuator: it is a demo. The
 * gateway has a chain of its own, which comes first and asks who calls.
 */
@Configuration(proxyBeanMethods = false)
class OpenPages {

	@Bean
	SecurityFilterChain pagesFilterChain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf(AbstractHttpConfigurer::disable)
			.build();
	}

}
