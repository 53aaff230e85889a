package dev.jiggety.agent.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * A revision tree as one line of text, for the database and for people who look into it: the
 * revisions from low to high, each {@code generation-hash}, then {@code !} if deleted, {@code <0,1}
 * with the positions of its parents in this list, {@code #17} with the key of its body.
 */
final class RevisionTreeText {

  private RevisionTreeText() {}

  static String write(RevisionTree tree) {
    var text = new StringBuilder();
    var positions = new HashMap<Revision, Integer>();
    for (var node : tree.nodes()) {
      if (!positions.isEmpty()) {
        text.append(' ');
      }
      positions.put(node.rev(), positions.size());
      text.append(node.rev().generation()).append('-').append(escape(node.rev().hash()));
      if (node.deleted()) {
        text.append('!');
      }
      var mark = '<';
      for (var parent : node.parents()) {
        text.append(mark).append(positions.get(parent));
        mark = ',';
      }
      if (node.body() != 0) {
        text.append('#').append(node.body());
      }
    }
    return text.toString();
  }

  /** Reads what {@link #write} wrote. */
  static RevisionTree read(String text) {
    var nodes = new ArrayList<RevisionTree.Node>();
    if (!text.isEmpty()) {
      for (var start = 0; start <= text.length(); ) {
        var end = text.indexOf(' ', start);
        end = end < 0 ? text.length() : end;
        nodes.add(readNode(text.substring(start, end), nodes));
        start = end + 1;
      }
    }
    return RevisionTree.of(nodes);
  }

  private static RevisionTree.Node readNode(String word, List<RevisionTree.Node> before) {
    var rest = word;
    var body = 0L;
    var hash = rest.indexOf('#');
    if (hash >= 0) {
      body = Long.parseLong(rest, hash + 1, rest.length(), 10);
      rest = rest.substring(0, hash);
    }
    var parents = new ArrayList<Revision>(1);
    var less = rest.indexOf('<');
    if (less >= 0) {
      for (var start = less + 1; start <= rest.length(); ) {
        var comma = rest.indexOf(',', start);
        comma = comma < 0 ? rest.length() : comma;
        parents.add(before.get(Integer.parseInt(rest, start, comma, 10)).rev());
        start = comma + 1;
      }
      rest = rest.substring(0, less);
    }
    var deleted = rest.endsWith("!");
    if (deleted) {
      rest = rest.substring(0, rest.length() - 1);
    }
    var dash = rest.indexOf('-');
    var rev = new Revision(Integer.parseInt(rest, 0, dash, 10), unescape(rest.substring(dash + 1)));
    return new RevisionTree.Node(rev, parents, deleted, body);
  }

  // Hashes of 32 hexadecimal digits, the usual ones, need no escaping.
  private static String escape(String hash) {
    return hash.length() == 32 ? hash : URLEncoder.encode(hash, StandardCharsets.UTF_8);
  }

  private static String unescape(String text) {
    return text.length() == 32 && text.indexOf('%') < 0
        ? text
        : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
