package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.view.editor.form.TestForm;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;

/** Which nodes would run the test, from what is typed and what the hub knows. FX thread only. */
public final class WhereViewModel {
  private final StringProperty tags;
  private final StringProperty names;
  private final ReadOnlyObjectWrapper<Preview> preview =
      new ReadOnlyObjectWrapper<>(new Preview(List.of(), List.of(), List.of()));

  /**
   * What follows from what is typed.
   *
   * @param offers all tags and nodes that there are
   * @param runs the nodes that would run it
   * @param nobody names and tags of which there is no node
   */
  public record Preview(List<Offer> offers, List<Runner> runs, List<String> nobody) {
    /** How many of them were heard of lately. */
    public long alive() {
      return runs.stream().filter(Runner::alive).count();
    }
  }

  /** A node that would run it, and whether it was heard of lately. */
  public record Runner(String name, boolean alive) {}

  /** A tag, or a node's name, to choose by a click. */
  public record Offer(String word, boolean tag, boolean chosen) {}

  WhereViewModel(TestForm form) {
    tags = form.text("where.tags");
    names = form.text("where.nodes");
  }

  /** What follows from what is typed. */
  public ReadOnlyObjectProperty<Preview> previewProperty() {
    return preview.getReadOnlyProperty();
  }

  /** Takes a tag or a node in, or out. */
  public void toggle(Offer offer) {
    StringProperty text = offer.tag() ? tags : names;
    Set<String> words = words(text);
    if (!words.remove(offer.word())) {
      words.add(offer.word());
    }
    text.set(String.join(", ", words));
  }

  void show(List<NodePicture> nodes) {
    Set<String> wantedTags = words(tags);
    Set<String> wantedNames = words(names);
    boolean all = wantedTags.isEmpty() && wantedNames.isEmpty();
    Set<String> usedTags = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    nodes.forEach(node -> {
      usedTags.addAll(node.status().tags());
      known.add(node.status().name());
    });
    List<Runner> runs =
        nodes.stream()
            .filter(node ->
                all
                    || wantedNames.contains(node.status().name())
                    || node.status().tags().stream().anyMatch(wantedTags::contains))
            .map(node -> new Runner(node.status().name(), !node.stale()))
            .toList();
    TreeSet<String> nobody = new TreeSet<>(wantedTags);
    nobody.removeAll(usedTags);
    wantedNames.stream().filter(name -> !known.contains(name)).forEach(nobody::add);
    List<Offer> offers =
        Stream.concat(
                usedTags.stream().map(tag -> new Offer(tag, true, wantedTags.contains(tag))),
                known.stream().map(name -> new Offer(name, false, wantedNames.contains(name))))
            .toList();
    preview.set(new Preview(offers, runs, List.copyOf(nobody)));
  }

  private static Set<String> words(StringProperty text) {
    return Arrays.stream(text.get().split("[\\s,;]+", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
