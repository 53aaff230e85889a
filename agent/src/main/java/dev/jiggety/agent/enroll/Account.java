package dev.jiggety.agent.enroll;

import dev.jiggety.model.AccountKey;
import dev.jiggety.model.HubRole;

/**
 * An account on the hub that came of an invitation: the guest's, or the node's.
 *
 * @param name the account's
 * @param role what it may do
 * @param invitation the id of the invitation; an account without one is none of ours
 * @param key the hash of its password
 */
public record Account(String name, HubRole role, String invitation, AccountKey key) {}
