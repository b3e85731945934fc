package dev.switchboard.simulator.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class simulated providers. Tests, constructors and lifecycle methods take
 * parameters of the types {@link dev.switchboard.simulator.Simulator} and
 * {@link dev.switchboard.simulator.SimulatedProvider}; a provider's name is that of the
 * parameter, or stands in {@link Provider}. Before each test the simulator forgets
 * everything; when a test fails, it prints what was received.
 * <p>
 * All classes with this annotation share one simulator, so they never run at the same
 * time. Those who need URLs before there is a test, for instance for Spring's dynamic
 * properties, register a {@link SimulatorExtension} in a static field instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SharedSimulatorExtension.class)
@ResourceLock("dev.switchboard.simulator")
public @interface SwitchboardSimulator {

}
