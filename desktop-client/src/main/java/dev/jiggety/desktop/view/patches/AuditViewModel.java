package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.rules.AuditChain;
import dev.jiggety.repository.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/** The audit log, newest first, and whether its chain is whole. FX thread only. */
public final class AuditViewModel {
  /** Entries that are kept for the screen; all are verified. */
  private static final int MOST = 5_000;

  private final Desk desk;
  private final Session session;
  private final ObservableList<AuditEntry> all = FXCollections.observableArrayList();
  private final FilteredList<AuditEntry> entries = new FilteredList<>(all);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper verdict = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper broken = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private int asked;

  private record Log(List<AuditEntry> newest, AuditChain chain, AuditChain.@Nullable Flaw flaw) {}

  AuditViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    filter.subscribe(text -> {
      String words = text.strip().toLowerCase(Locale.ROOT);
      entries.setPredicate(entry ->
          (entry.by() + " " + entry.about() + " " + entry.event() + " " + entry.text())
              .toLowerCase(Locale.ROOT)
              .contains(words));
    });
  }

  /** What fits what is looked for, newest first. */
  public ObservableList<AuditEntry> entries() {
    return entries;
  }

  /** What has to stand in an entry. */
  public StringProperty filterProperty() {
    return filter;
  }

  /** Whether the chain is whole, in one line with the digest of its end; empty before. */
  public ReadOnlyStringProperty verdictProperty() {
    return verdict.getReadOnlyProperty();
  }

  /** Whether something is wrong with it. */
  public ReadOnlyBooleanProperty brokenProperty() {
    return broken.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Reads all of it and verifies entry by entry. */
  public void load() {
    int mine = ++asked;
    busy.set(true);
    desk.tasks()
        .create(this::read)
        .onSuccess(log -> {
          if (mine == asked) {
            all.setAll(log.newest());
            AuditChain.Flaw flaw = log.flaw();
            broken.set(flaw != null);
            verdict.set(
                flaw == null
                    ? desk.texts().get("audit.whole", log.chain().last(), log.chain().digest())
                    : desk.texts().get("audit.broken", flaw.text()));
          }
        })
        .onError(
            HubException.class,
            e -> {
              if (mine == asked) {
                verdict.set(desk.texts().get("hub.failed", String.valueOf(e.getMessage())));
              }
            })
        .onFinally(() -> {
          if (mine == asked) {
            busy.set(false);
          }
        })
        .start();
  }

  /** Forgets the answer that is still awaited. */
  public void cancel() {
    asked++;
    busy.set(false);
  }

  private Log read() {
    AuditChain chain = AuditChain.whole();
    List<AuditEntry> newest = new ArrayList<>();
    session
        .connection()
        .patches()
        .audit(
            1,
            entry -> {
              chain.next(AuditDocument.TYPE.link(entry));
              newest.add(entry);
              if (newest.size() > 2 * MOST) {
                newest.subList(0, MOST).clear();
              }
            });
    int from = Math.max(0, newest.size() - MOST);
    return new Log(
        List.copyOf(newest.subList(from, newest.size()).reversed()),
        chain,
        chain.end().orElse(null));
  }
}
