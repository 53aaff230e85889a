package dev.jiggety.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What an account on the hub may do. A hub knows a role by its {@link #label}, in the roles of a
 * user document and in the {@code _security} of a database; what each may write is said by the
 * rules in the design documents. An account may have several.
 */
public enum HubRole {
  /** Reads everything that people look at, writes nothing. */
  VIEWER,
  /** Hands in patches, commands, trials and invitations under its own name; speaks of incidents. */
  OPERATOR,
  /** Says yes or no to patches of others that want a second operator; else as a viewer. */
  APPROVER,
  /** Publishes releases of the agent, and hands in the patches that roll them out. */
  RELEASE,
  /** The patch manager: writes the configuration and the records. */
  MANAGER,
  /** A testing node: reads the configuration and bundles, writes its own status and results. */
  NODE,
  /** Somebody with an invitation: asks once to become a node, and can do nothing else. */
  GUEST;

  /** What a hub calls it: {@code jiggety-operator}. */
  public String label() {
    return "jiggety-" + name().toLowerCase(Locale.ROOT);
  }

  /** What hubs call all of them. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(HubRole::label).toList();
  }
}
