/**
 * Letting nodes in: the token that an operator hands over, the manager's part that makes accounts
 * and members of invitations, and the node's part that asks. What is decided is in {@code
 * model.rules.EnrolmentRules}; this package carries it out, so that it can be cut anywhere and done
 * again. Knows hubs by their documents alone.
 */
@NullMarked
package dev.jiggety.agent.enroll;

import org.jspecify.annotations.NullMarked;
