/**
 * Sealed secrets: the manager's part, which opens what operators hand in and seals it to exactly
 * the nodes that need it, and the node's part, which opens what is sealed to it. Rules are in
 * {@code model.rules.SecretRules}; how to seal is in {@code signing.Envelopes}. Knows no role.
 */
@NullMarked
package dev.jiggety.agent.secret;

import org.jspecify.annotations.NullMarked;
