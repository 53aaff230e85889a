package dev.jiggety.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An account on the hub.
 *
 * @param name who logs in
 * @param roles what it may do
 * @param others roles that are none of ours; the hub knows them, we do not
 */
public record Account(String name, Set<HubRole> roles, List<String> others) {
  public Account {
    EnumSet<HubRole> sorted = EnumSet.noneOf(HubRole.class);
    sorted.addAll(roles);
    roles = Collections.unmodifiableSet(sorted);
    others = List.copyOf(others);
  }
}
