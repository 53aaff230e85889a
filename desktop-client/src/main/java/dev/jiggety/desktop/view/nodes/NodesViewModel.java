package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What the table of nodes shows. FX thread only. */
public final class NodesViewModel {
  private final Desk desk;
  private final Session session;
  private final ObservableList<NodeRow> rows =
      FXCollections.observableArrayList(row -> new Observable[] {row.stateProperty()});
  private final Map<String, NodeRow> byName = new HashMap<>();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private List<NodePicture> last = List.of();

  /** A node as it is shown: its picture and the moment at which ages are reckoned. */
  public record NodeState(NodePicture picture, Instant now) {}

  /** A row of the table; stays the same object while its node changes. */
  public static final class NodeRow {
    private final ReadOnlyObjectWrapper<NodeState> state;

    NodeRow(NodeState first) {
      state = new ReadOnlyObjectWrapper<>(first);
    }

    public ReadOnlyObjectProperty<NodeState> stateProperty() {
      return state.getReadOnlyProperty();
    }

    public NodeState state() {
      return state.get();
    }
  }

  public NodesViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
  }

  /** Begins to follow the feed and lets ages tick. */
  public Pin activate() {
    return Pin.all(
        session.feed().subscribe(update -> show(update.picture().nodes())),
        desk.everySecond(() -> show(last)));
  }

  /** The nodes. */
  public ObservableList<NodeRow> rows() {
    return rows;
  }

  /** How many nodes there are and how many of them are silent. */
  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  private void show(List<NodePicture> pictures) {
    last = pictures;
    Instant now = desk.now();
    Set<String> present = new HashSet<>();
    int stale = 0;
    for (NodePicture picture : pictures) {
      String name = picture.status().name();
      present.add(name);
      stale += picture.stale() ? 1 : 0;
      NodeState state = new NodeState(picture, now);
      NodeRow row = byName.get(name);
      if (row == null) {
        NodeRow added = new NodeRow(state);
        byName.put(name, added);
        rows.add(added);
      } else {
        row.state.set(state);
      }
    }
    if (byName.keySet().retainAll(present)) {
      rows.removeIf(row -> !present.contains(row.state().picture().status().name()));
    }
    summary.set(
        stale == 0
            ? desk.texts().get("nodes.count", rows.size())
            : desk.texts().get("nodes.countStale", rows.size(), stale));
  }
}
