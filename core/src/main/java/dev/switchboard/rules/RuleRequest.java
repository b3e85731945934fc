package dev.switchboard.rules;

import java.util.Map;

import dev.switchboard.call.Caller;
import dev.switchboard.call.RequestFacts;

/**
 * What a condition speaks about.
 */
record RuleRequest(RequestFacts facts, Caller caller, Map<String, String> tags) {

}
