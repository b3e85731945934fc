package dev.switchboard.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * The demo as it is started without a profile, only that it speaks faster and is more
 * patient with a busy machine.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = SampleApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
		"demo.pace=2ms", "switchboard.policies.fast.first-token-timeout=5s", "switchboard.policies.fast.deadline=60s",
		"switchboard.policies.fast.attempt-timeout=60s", "switchboard.policies.everyday.first-token-timeout=30s",
		"switchboard.policies.everyday.deadline=60s", "switchboard.policies.everyday.attempt-timeout=60s",
		"switchboard.policies.careful.first-token-timeout=30s", "switchboard.policies.careful.deadline=60s",
		"switchboard.policies.careful.attempt-timeout=60s", "switchboard.policies.standard.first-token-timeout=30s" })
public @interface DemoTest {

}
