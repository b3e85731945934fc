/**
 * From the properties under {@code switchboard} to injectable clients: properties,
 * auto-configuration, failure analysis and the actuator's view. Imports all of core.
 */
@NullMarked
package dev.switchboard.autoconfigure;

import org.jspecify.annotations.NullMarked;
