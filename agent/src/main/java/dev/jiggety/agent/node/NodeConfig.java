package dev.jiggety.agent.node;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How a node runs.
 *
 * @param name unlike that of every other node; lower-case letters, digits, dots and hyphens
 * @param tags by which tests choose it
 * @param hub where its tests come from and its results go; need not be there
 * @param data its folder, used by no other process
 * @param names of the databases
 * @param concurrent how many measurements may go on at the same time, at least 1
 * @param version of the program, for people
 */
public record NodeConfig(
    String name,
    NavigableSet<String> tags,
    HubAddress hub,
    HubOptions options,
    Path data,
    DatabaseNames names,
    int concurrent,
    String version) {
  private static final int CONCURRENT = 256;

  public NodeConfig {
    if (!Ids.NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" cannot be a node's name: use 1 to 64 lower-case letters, digits, dots and"
              + " hyphens, beginning with a letter or digit");
    }
    if (concurrent < 1) {
      throw new IllegalArgumentException("a node needs at least one measurement at a time");
    }
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
  }

  /** With no tags, the usual names, and up to {@value #CONCURRENT} measurements at a time. */
  public static NodeConfig of(String name, HubAddress hub, Path data) {
    return new NodeConfig(
        name,
        Collections.emptyNavigableSet(),
        hub,
        HubOptions.DEFAULT,
        data,
        DatabaseNames.DEFAULT,
        CONCURRENT,
        "");
  }

  /** The same with these tags. */
  public NodeConfig withTags(NavigableSet<String> other) {
    return new NodeConfig(name, other, hub, options, data, names, concurrent, version);
  }

  /** The same with other names of databases. */
  public NodeConfig withNames(DatabaseNames other) {
    return new NodeConfig(name, tags, hub, options, data, other, concurrent, version);
  }

  /** The same with the version of the program. */
  public NodeConfig withVersion(String text) {
    return new NodeConfig(name, tags, hub, options, data, names, concurrent, text);
  }
}
