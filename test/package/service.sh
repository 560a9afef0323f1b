#!/bin/bash
# Runs a real systemd user manager in a mount namespace of its own (unshare --mount) on a copy of the shipped
# unit whose program does what the file `mode` says, and prints one line for each case.
#   service.sh FOLDER    an empty one; the unit's text comes on standard input
set -eu
folder=$1
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system "$folder/run" "$folder/config/systemd/user"
chmod 700 "$folder/run"
export XDG_RUNTIME_DIR=$folder/run XDG_CONFIG_HOME=$folder/config HOME=$folder
unit=vas-workstation.service
sed "s#^ExecStart=.*#ExecStart=$folder/program#" >"$folder/config/systemd/user/$unit"
cat >"$folder/program" <<END
#!/bin/sh
echo start >>$folder/starts
case \$(cat $folder/mode) in
  crash) kill -SEGV \$\$ ;;
  quit) exit 0 ;;
  cannot-start) exit 1 ;;
  run) exec sleep 60 ;;
esac
END
chmod 755 "$folder/program"
/lib/systemd/systemd --user >"$folder/manager.log" 2>&1 &
manager=$!
trap 'kill $manager; wait $manager || true' EXIT
for _ in $(seq 100); do
  systemctl --user is-system-running >/dev/null 2>&1 && break
  sleep 0.1
done

state() { systemctl --user show $unit -p ActiveState --value; }
pid() { systemctl --user show $unit -p MainPID --value; }
begin() {
  systemctl --user reset-failed $unit 2>/dev/null || true
  rm -f "$folder/starts"
  echo "$1" >"$folder/mode"
  systemctl --user start $unit || true
}
# Waits for a state and that it stays: a restart comes two seconds after an end.
settled() {
  for _ in $(seq 300); do
    [ "$(state)" = "$1" ] && sleep 3 && [ "$(state)" = "$1" ] && break
    sleep 0.1
  done
  echo "$2: $(state) after $(wc -l <"$folder/starts") starts"
}
begin crash && settled failed 'crashes always'
begin quit && settled inactive 'quits'
begin cannot-start && settled failed 'cannot start'
begin run && sleep 0.5 && kill -KILL "$(pid)" && sleep 1 && settled active 'was killed'
kill -TERM "$(pid)" && settled inactive 'was asked to end'
systemctl --user enable $unit 2>/dev/null
echo "enabled: $(systemctl --user is-enabled $unit)"
