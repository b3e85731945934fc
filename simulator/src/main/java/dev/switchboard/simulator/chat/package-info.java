/**
 * What is asked and what is answered, free of any wire's shape. Imports the JDK and
 * Jackson's tree only.
 */
@NullMarked
package dev.switchboard.simulator.chat;

import org.jspecify.annotations.NullMarked;
