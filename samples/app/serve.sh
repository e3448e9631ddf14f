#!/bin/sh
# Serves /srv and says so; ends at once when the container is stopped.
trap 'exit 0' TERM INT
echo "listening on port ${PORT}"
httpd -f -v -p "${PORT}" -h /srv &
wait
