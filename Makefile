# Forwards only: dev.py does the work and runs where there is no make.
.PHONY: run test demo bench soak shots lock
run test demo bench soak shots lock:
	python3 dev.py $@
